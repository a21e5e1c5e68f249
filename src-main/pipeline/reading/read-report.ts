import { errnoOf } from '../../base/errors';
import { readFile } from '../../base/files';
import { type Report, reportSchema } from '../../contract/report';

/** The report beside an item's bytes; null when there is none, or none that is whole ("audit verify" names it). */
export async function readReport(path: Buffer | null): Promise<Report | null> {
  if (path === null) return null;
  try {
    const parsed = reportSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
