import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const MODULE = resolve(__dirname, '../../../src-main/engine/young-generation.ts');

/** Largest young generation, in MB, of a process that keeps much of what it makes for a while. */
function largest(first: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { keepYoungGenerationSmall } from ${JSON.stringify(MODULE)};
    ${first}
    let kept = [];
    let most = 0;
    for (let n = 0; n < 3e6; n += 1) {
      kept.push({ n, list: [n] });
      if (kept.length > 200_000) kept = [];
      if (n % 50_000 !== 0) continue;
      most = Math.max(most, getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size);
    }
    process.stdout.write(String(most / 1024 ** 2));`;
  return Number(spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }).stdout);
}

it('bounds the young generation of a process that was started without any flag', () => {
  const bounded = largest('keepYoungGenerationSmall();');
  expect(bounded).toBeGreaterThan(0);
  expect(bounded).toBeLessThan(largest('') / 2);
});
