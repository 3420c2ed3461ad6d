import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { Posture } from './form/posture-form';
import { htmlReport } from './render/html/html-report';
import { junitReport } from './render/junit/junit-report';
import { markdownReport } from './render/markdown/markdown-report';
import { sarifReport } from './render/sarif/sarif-report';
import { ReportRendering } from './report-rendering';
import { cycloneDx } from './sbom/cyclonedx';

/** The report's folder, below the folder of the cloud assembly. */
export const REPORT_FOLDER = 'security';

/** One file of the report: what is made of a posture. */
export interface ReportFormat {
  /** The word under which `files` of the posture names it. */
  readonly name: string;
  /** Relative to the report's folder. */
  readonly file: string;
  /** The text of the file; undefined where there is nothing to write. */
  readonly render: (posture: Posture) => string | undefined;
}

/** The posture itself. */
export const JSON_FORMAT: ReportFormat = { name: 'report', file: 'report.json', render: (posture) => `${JSON.stringify(posture, undefined, 2)}\n` };

/** The packages in the bundles of functions, as a bill of materials. */
export const SBOM_FORMAT: ReportFormat = { name: 'sbom', file: 'sbom.cdx.json', render: cycloneDx };

const RENDERINGS: { readonly [rendering in ReportRendering]: ReportFormat } = {
  [ReportRendering.HTML]: { name: 'html', file: 'report.html', render: htmlReport },
  [ReportRendering.SARIF]: { name: 'sarif', file: 'report.sarif', render: sarifReport },
  [ReportRendering.MARKDOWN]: { name: 'markdown', file: 'report.md', render: (posture) => markdownReport(posture) },
  [ReportRendering.JUNIT]: { name: 'junit', file: 'report.junit.xml', render: junitReport },
};

/** What each synthesis makes of the posture unless it is told otherwise. */
export const USUAL_RENDERINGS: readonly ReportRendering[] = [ReportRendering.HTML, ReportRendering.SARIF, ReportRendering.MARKDOWN];

/** What a synthesis writes: data always, since people and tools compare it, and what was asked for beside it. */
export function formatsOf(renderings: readonly ReportRendering[]): readonly ReportFormat[] {
  return [JSON_FORMAT, SBOM_FORMAT, ...[...new Set(renderings)].map((rendering) => RENDERINGS[rendering])];
}

/** Where the files of the report will be, relative to the folder of the cloud assembly. */
export function filesOf(formats: readonly ReportFormat[]): { readonly [what: string]: string } {
  return Object.fromEntries(formats.map(({ name, file }) => [name, `${REPORT_FOLDER}/${file}`]));
}

/** Writes a posture in some formats into the folder of a cloud assembly. */
export function writeReports(outdir: string, posture: Posture, formats: readonly ReportFormat[]): void {
  for (const { file, render } of formats) {
    const text = render(posture);
    if (text === undefined) continue;
    const path = join(outdir, REPORT_FOLDER, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/**
 * Takes away what an earlier synthesis wrote into the same folder, whatever it was asked for. CDK stops a synthesis in which a validation plugin
 * changes a file that was there before, and it does not empty the folder itself.
 */
export function removeReports(outdir: string): void {
  for (const { file } of formatsOf(Object.values(ReportRendering))) rmSync(join(outdir, REPORT_FOLDER, file), { force: true });
}
