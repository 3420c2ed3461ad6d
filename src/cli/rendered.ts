import { Format } from './usage';
import { Posture } from '../report/form/posture-form';
import { htmlReport } from '../report/render/html/html-report';
import { junitReport } from '../report/render/junit/junit-report';
import { markdownReport } from '../report/render/markdown/markdown-report';
import { sarifReport } from '../report/render/sarif/sarif-report';
import { TextOptions, textReport } from '../report/render/text/text-report';

const FILES: { readonly [format in Format]: string } = {
  html: 'report.html', json: 'report.json', junit: 'report.junit.xml', markdown: 'report.md', sarif: 'report.sarif', text: 'report.txt',
};

/** The name of the file of a format. */
export function fileOf(format: Format): string {
  return FILES[format];
}

/** A report in one of its formats; `before` is what Markdown compares with. */
export function rendered(format: Format, posture: Posture, options: TextOptions, before?: Posture): string {
  switch (format) {
    case 'html': return htmlReport(posture);
    case 'json': return `${JSON.stringify(posture, undefined, 2)}\n`;
    case 'junit': return junitReport(posture);
    case 'markdown': return markdownReport(posture, before);
    case 'sarif': return sarifReport(posture);
    case 'text': return textReport(posture, options);
  }
}
