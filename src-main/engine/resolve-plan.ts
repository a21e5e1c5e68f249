import { DropgateError } from '../base/errors';
import type { ProfileSettings, Settings } from '../contract/settings';
import type { Plan } from '../contract/submission';

/** The destination that every profile has when it names none: the folder `cleared` in the data folder. */
export const EMBEDDED_DESTINATION = 'cleared';

export interface PlanRequest {
  readonly mode: 'gate' | 'scan';
  readonly profile: string;
  /** Probes named by hand, which are then required; in a gate beside those of the profile. Null = the profile's. */
  readonly probes: readonly string[] | null;
  readonly force: boolean;
  readonly describeAll: boolean;
  /** Overrides the profile's, as a watched folder may. */
  readonly source?: 'keep' | 'move' | undefined;
  readonly watchFolder?: string;
}

/**
 * What a submission promises, from its profile as it is configured now. `clamavExpected`: clamav is configured or was
 * found on this machine, so that `required: auto` includes it. Throws BAD_USAGE for an unknown profile or probe, and
 * BAD_CONFIG for a profile that requires a probe which it does not look with.
 */
export function resolvePlan(
  settings: Settings,
  request: PlanRequest,
  known: { readonly probes: readonly string[]; readonly clamavExpected: boolean },
): Plan {
  const profile = Object.hasOwn(settings.profiles, request.profile) ? settings.profiles[request.profile] : undefined;
  if (profile === undefined) {
    const names = Object.keys(settings.profiles).join(', ');
    throw new DropgateError('BAD_USAGE', `there is no profile "${request.profile}"; the profiles are: ${names}`);
  }
  const promised = requiredOf(request.profile, profile, known.clamavExpected);
  const named = request.probes ?? [];
  // A gate forwards: naming probes by hand never takes one away, required or not, because any of them may find something.
  const kept = request.mode === 'gate' || request.probes === null ? profile.probes : [];
  const probes = [...new Set([...kept, ...named])];
  for (const id of probes) {
    if (!known.probes.includes(id)) {
      throw new DropgateError('BAD_USAGE', `there is no probe "${id}"; the probes are: ${known.probes.join(', ')}`);
    }
  }
  return {
    mode: request.mode,
    profile: request.profile,
    probes,
    required: probes.filter((id) => named.includes(id) || (kept.includes(id) && promised.includes(id))),
    limits: profile.limits,
    passwords: profile.passwords,
    destination: request.mode === 'scan' ? null : (profile.destination ?? EMBEDDED_DESTINATION),
    source: request.source ?? profile.source,
    watchFolder: request.watchFolder ?? null,
    force: request.force,
    describeAll: request.describeAll,
  };
}

function requiredOf(name: string, { required, probes }: ProfileSettings, clamavExpected: boolean): readonly string[] {
  if (required === 'auto') return probes.filter((id) => id !== 'clamav' || clamavExpected);
  const absent = required.find((id) => !probes.includes(id));
  if (absent === undefined) return required;
  const problem = `"${absent}" is not among the probes of this profile; write it in probes too, or leave it out here`;
  throw new DropgateError('BAD_CONFIG', `profiles.${name}.required: ${problem}`);
}
