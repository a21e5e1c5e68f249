import { CircleCheck, CircleX, FlaskConical, LockKeyhole } from 'lucide-react';
import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import { type Formats, useFormat } from '../../format/use-format';
import { type Say, useText } from '../../i18n/text';
import { type Canary, useCanaries } from '../../state/canaries';
import { Chip } from '../Chip';
import { cx } from '../class-names';
import { useNow } from '../use-now';
import { databaseWords } from './database-words';

/** Whether a probe can work now, and whether files depend on it. */
export function ProbeChips({ probe }: { readonly probe: ProbeStatus }) {
  const say = useText();
  const isReady = probe.health.state === 'ready';
  return (
    <>
      <Chip tone={isReady ? 'clean' : 'unverified'} icon={isReady ? CircleCheck : CircleX}>
        {say(isReady ? 'probes.ready' : 'probes.notReady')}
      </Chip>
      {probe.required && (
        <Chip tone="waiting" icon={LockKeyhole}>
          {say('probes.required')}
        </Chip>
      )}
    </>
  );
}

const MINUTE_SECONDS = 60;

/** What a probe tells of itself: engine, database and its age, signatures, limit, where the bytes go. */
export function useProbeFacts({ health, privacy }: ProbeStatus): (string | null)[] {
  const say = useText();
  const format = useFormat();
  const now = useNow(MINUTE_SECONDS);
  const { engineVersion, databaseDate, signatures, maxBytes } = health;
  const age = databaseDate === null ? null : now - Date.parse(databaseDate);
  return [
    engineVersion,
    databaseWords(say, health),
    age === null || Number.isNaN(age) ? null : say('parts.databaseAge', { age: format.age(age) }),
    signatures === null ? null : say('probes.signatures', { count: signatures }),
    maxBytes === null ? null : say('probes.upTo', { size: format.bytes(maxBytes) }),
    privacyWords(say, privacy),
  ];
}

export function privacyWords(say: Say, privacy: string): string {
  if (privacy === 'local') return say('privacy.local');
  if (privacy === 'hash-only') return say('privacy.hash-only');
  return privacy === 'uploads-bytes' ? say('privacy.uploads-bytes') : privacy;
}

const CANARY_LOOKS: Readonly<Record<Canary['kind'], string>> = {
  found: 'text-clean',
  none: 'text-muted',
  failed: 'text-infected',
};

/** What a probe did with its test file, when it was tested from this window. */
export function CanaryLine({ probe }: { readonly probe: string }) {
  const say = useText();
  const format = useFormat();
  const canary = useCanaries(({ results }) => results.get(probe));
  const isTesting = useCanaries(({ testing }) => testing.has(probe));
  if (isTesting) return <p className="text-moving">{say('probes.testing')}</p>;
  if (canary === undefined) return null;
  const words = canaryWords(say, format, canary);
  return (
    <p className={cx('flex items-start gap-1.5 [overflow-wrap:anywhere]', CANARY_LOOKS[canary.kind])}>
      <FlaskConical size={14} aria-hidden="true" className="mt-0.5 shrink-0" />
      <bdi>{words}</bdi>
    </p>
  );
}

function canaryWords(say: Say, format: Formats, canary: Canary): string {
  if (canary.kind === 'none') return say('probes.canary_none');
  if (canary.kind === 'failed') return say('probes.canaryFailed', { problem: say.told(canary.problem) });
  return say('probes.canary_found', { time: format.duration(canary.ms) });
}
