import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { root } from '../../scripts/runtime.mjs';

/** Keeps a picture of the page for a person to look at: .cache/screenshots/<group>/<name>.png. */
export async function keepScreenshot(page: Page, group: string, name: string): Promise<void> {
  const folder = join(root, '.cache', 'screenshots', group);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
