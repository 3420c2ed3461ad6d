import { escapeHtml } from './escape-html';
import { Posture } from '../../form/posture-form';

/** The posture as one self-contained page. */
export function htmlReport(posture: Posture): string {
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Security posture</title></head><body><h1>${escapeHtml(posture.verdict)}</h1></body></html>\n`;
}
