import { BrowserWindow, type Session, session } from 'electron';
import { DropgateError, messageOf } from '../base/errors';
import { PRINT_POLICY } from './content-policy';
import { closeSession, pagePreferences } from './security';

const LONGEST_MS = 120_000;

/** Prints a document in a hidden page that runs nothing and reaches nothing. Rejects with INTERNAL. */
export async function printToPdf(html: string): Promise<Buffer> {
  const paper = session.fromPartition(`print-${Date.now()}`, { cache: false });
  closeSession(paper);
  serveOnly(paper, html);
  const page = new BrowserWindow({
    show: false,
    webPreferences: { ...pagePreferences(null), session: paper, javascript: false },
  });
  const tooLong = setTimeout(() => page.destroy(), LONGEST_MS);
  try {
    await page.loadURL('dropgate://print/');
    return await page.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
  } catch (error) {
    throw new DropgateError(
      'INTERNAL',
      `the report could not be printed: ${messageOf(error)}; save it as HTML instead`,
      {
        cause: error,
      },
    );
  } finally {
    clearTimeout(tooLong);
    if (!page.isDestroyed()) page.destroy();
    paper.protocol.unhandle('dropgate');
  }
}

function serveOnly(paper: Session, html: string): void {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PRINT_POLICY };
  paper.protocol.handle('dropgate', () => new Response(html, { headers }));
}
