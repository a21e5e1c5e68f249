import { engine, shell } from '../bridge';
import { useLanguage } from './language';

export const REPORT_FORMATS = ['html', 'pdf', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/**
 * Asks where, and saves one document over the reports of all `ids` there. `name`: what to call it, without an ending.
 * Answers with false when the person changed their mind. Throws CallError.
 */
export async function exportReports(ids: readonly string[], format: ReportFormat, name: string): Promise<boolean> {
  const { path } = await shell('choose-save', { name: `${name}.${format}` });
  if (path === null) return false;
  const { language } = useLanguage.getState();
  const { text } = await engine('export-reports', {
    ids: [...ids],
    format: format === 'pdf' ? 'html' : format,
    language,
  });
  if (format === 'pdf') await shell('save-pdf', { path, html: text });
  else await shell('save-text', { path, text });
  return true;
}
