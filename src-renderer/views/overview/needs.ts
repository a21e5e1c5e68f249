import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import type { Pulse } from '../../../src-main/contract/pulse';

/** Something that waits for a person. */
export type Need =
  | { readonly kind: 'gate'; readonly reason: string; readonly probe: string }
  | { readonly kind: 'probe'; readonly probe: string; readonly title: string; readonly problem: string | null }
  | { readonly kind: 'quarantined' | 'held' | 'waiting'; readonly count: number };

/**
 * What waits for a person, the most pressing first. `probes`: null while they are not known. The probe that closes the
 * gate is told once.
 */
export function needsOf(
  { gate, counts }: Pick<Pulse, 'gate' | 'counts'>,
  probes: readonly Pick<ProbeStatus, 'id' | 'title' | 'health'>[] | null,
): Need[] {
  const closing = gate.open ? null : gate.probe;
  const away = (probes ?? []).filter(({ id, health }) => health.state !== 'ready' && id !== closing);
  const kept = (['waiting', 'held', 'quarantined'] as const).map((kind) => ({ kind, count: counts[kind] }));
  return [
    ...(gate.open ? [] : [{ kind: 'gate' as const, reason: gate.reason, probe: gate.probe }]),
    ...away.map(({ id, title, health }) => ({ kind: 'probe' as const, probe: id, title, problem: health.problem })),
    ...kept.filter(({ count }) => count > 0),
  ];
}
