import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ConfinedProcess } from '../../../../src-main/probes/archive/confined-process';
import { describeWith } from '../../../support/components';
import { tempFolder } from '../../../support/temp-folder';
import { until } from '../../../support/until';

const never = new AbortController().signal;
const start = (script: string, ...args: string[]) =>
  new ConfinedProcess(['sh', '-c', script, 'sh', ...args], { cpuSeconds: 1 }, '', never);

describeWith(['prlimit'], 'a confined process', () => {
  it('that takes more processor time than it may is ended by the system', async () => {
    const child = start('while :; do :; done');
    child.output.resume();
    expect(await child.ended).toMatchObject({ code: null, ran: true, endedBySystem: true });
  });

  it('that is ended here, or ends, was not ended by the system', async () => {
    const endless = start('sleep 1000');
    endless.kill();
    const failing = start('exit 3');
    failing.output.resume();
    expect(await endless.ended).toMatchObject({ code: null, endedBySystem: false });
    expect(await failing.ended).toMatchObject({ code: 3, endedBySystem: false });
  });

  it('tells what it has read while it runs, and nothing when it is gone', async () => {
    const path = join(tempFolder(), 'content');
    writeFileSync(path, 'x'.repeat(300_000));
    const child = start('exec cat "$1"', path); // nobody takes its output: it cannot read on to the end
    await until('its reading', () => (child.bytesRead() ?? 0) > 60_000);
    expect(child.bytesRead()).toBeLessThan(300_000);
    child.kill();
    await child.ended;
    expect(child.bytesRead()).toBeNull();
  });
});
