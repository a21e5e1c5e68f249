import { HOUR_MS } from '../contract/durations';
import type { ProbeStatus } from '../contract/ipc-schema';
import { withEngine } from './connect';
import type { OutputOptions } from './options';
import { paint, writeOut } from './print';

/** `dropgate probes`: exit 0 when every required probe is ready (and, with --canary, found its test file), else 1. */
export function probesCommand(options: OutputOptions & { canary?: boolean; profile: string }): Promise<number> {
  return withEngine(options, async (client) => {
    const answer = await client.call('probes', { profile: options.profile, canary: options.canary === true });
    if (options.json === true || options.ndjson === true) {
      await writeOut(`${JSON.stringify({ schema: 'dropgate-probes/1', ...answer })}\n`);
    } else {
      for (const probe of answer.probes) await writeOut(`${probeRow(probe)}\n`);
      const { gate } = answer;
      await writeOut(
        gate.open ? `${paint.green('gate open')}\n` : `${paint.red('gate closed')}: ${gate.probe}: ${gate.reason}\n`,
      );
    }
    const canariesPassed = answer.probes.every(({ canary, required }) => !required || canary?.kind !== 'failed');
    return answer.gate.open && canariesPassed ? 0 : 1;
  });
}

function probeRow({ id, required, health, canary }: ProbeStatus): string {
  const state =
    health.state === 'ready' ? paint.green('ready    ') : required ? paint.red('not ready') : paint.dim('not ready');
  const versions = [
    health.engineVersion,
    health.databaseVersion === null ? null : `database ${health.databaseVersion}`,
    age(health.databaseDate),
  ];
  const signatures = health.signatures === null ? null : `${health.signatures.toLocaleString('en')} signatures`;
  const proof =
    canary === null
      ? null
      : canary.kind === 'failed'
        ? paint.red(canary.problem)
        : canary.kind === 'found'
          ? 'canary found'
          : 'no canary';
  const facts = [...versions, signatures, proof, ...health.notes].filter((fact) => fact !== null);
  const line = `${id.padEnd(10)}  ${state}  ${required ? 'required' : 'optional'}  ${facts.join(', ')}`;
  return health.problem === null ? line : `${line}\n            ${health.problem}`;
}

function age(date: string | null): string | null {
  if (date === null) return null;
  const hours = Math.round((Date.now() - Date.parse(date)) / HOUR_MS);
  return hours < 48 ? `${hours} h old` : `${Math.round(hours / 24)} days old`;
}
