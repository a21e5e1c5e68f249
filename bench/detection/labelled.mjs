// The labelled corpus: written anew by bench/detection/corpus (Python and packers that are not ours), then judged.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from '../support/places.mjs';

const WRITER = join(root, 'bench', 'detection', 'corpus', 'write_corpus.py');
const MOST_LISTING = 64 * 1024 ** 2;

/** {folder, cases: [{folder, group, expected, case}]}; one case in `every` of those that are written. Throws when a packer is missing: a part of a corpus proves nothing. */
export function writeLabelled(every) {
  const folder = join(cache, 'detection', 'labelled');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const listing = execFileSync('python3', ['-B', WRITER, folder], {
    maxBuffer: MOST_LISTING,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const written = JSON.parse(String(listing));
  const kept = (at) => at % every === 0;
  for (const [at, one] of written.entries()) if (!kept(at)) rmSync(one.folder, { recursive: true });
  return { folder, cases: written.filter((_, at) => kept(at)) };
}

/**
 * How a verdict compares to the label: `right`; `held` (stopped, but without the finding that was expected); `missed`
 * (clean, and should not be); `false alarm` (an honest file that was stopped).
 */
export function judge(expected, verdict) {
  if (expected === 'clean') return verdict === 'clean' ? 'right' : 'false alarm';
  if (verdict === 'clean') return 'missed';
  if (expected === 'stopped') return 'right';
  if (verdict === 'infected' || (expected === 'found' && verdict === 'suspicious')) return 'right';
  return 'held';
}
