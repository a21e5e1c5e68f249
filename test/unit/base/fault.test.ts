import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../support/temp-folder';

const source = join(__dirname, '..', '..', '..', 'src-main', 'base', 'fault.ts');

/** Runs a program of its own that passes two points, three times, and says how far it came. */
function runArmed(fault: string | undefined): { signal: string | null; said: string } {
  const folder = tempFolder();
  const points =
    "for (const n of [1, 2, 3]) { faultPoint('stage', 'before'); console.log(n); faultPoint('stage', 'after'); }";
  const program = join(folder, 'fault.mjs');
  writeFileSync(program, `${stripTypeScriptTypes(readFileSync(source, 'utf8'))}\n${points}\n`);
  const { DROPGATE_FAULT_KILL: _, ...env } = process.env;
  const result = spawnSync(process.execPath, [program], {
    env: fault === undefined ? env : { ...env, DROPGATE_FAULT_KILL: fault },
    encoding: 'utf8',
  });
  return { signal: result.signal, said: result.stdout };
}

describe('faultPoint', () => {
  it.each([
    ['stage:before', ''],
    ['stage:after', '1\n'],
    ['stage:before:2', '1\n'],
    ['stage:after:3', '1\n2\n3\n'],
  ])('ends the process with SIGKILL at %s', (fault, said) => {
    expect(runArmed(fault)).toEqual({ signal: 'SIGKILL', said });
  });

  it.each([undefined, '', 'other:before', 'stage:before:4'])('does nothing for %j', (fault) => {
    expect(runArmed(fault)).toEqual({ signal: null, said: '1\n2\n3\n' });
  });
});
