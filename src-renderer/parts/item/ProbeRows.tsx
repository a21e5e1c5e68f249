import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  type LucideIcon,
  RefreshCw,
  Scissors,
  Search,
} from 'lucide-react';
import type { JobReport } from '../../../src-main/contract/report';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { Button } from '../Button';
import { cx } from '../class-names';
import { databaseWords } from '../probe/database-words';
import { type Said, saidOf } from './said';

const LOOKS: Readonly<Record<Said, { readonly icon: LucideIcon; readonly color: string }>> = {
  pending: { icon: CircleDashed, color: 'text-waiting' },
  running: { icon: RefreshCw, color: 'text-moving' },
  nothing_found: { icon: CircleCheck, color: 'text-clean' },
  found: { icon: Search, color: 'text-infected' },
  error: { icon: CircleAlert, color: 'text-unverified' },
  skipped: { icon: CircleSlash, color: 'text-waiting' },
  cancelled: { icon: CircleSlash, color: 'text-waiting' },
  incomplete: { icon: Scissors, color: 'text-unverified' },
};

/** One row for each probe: what it said, with which engine and database, how long it took. */
export function ProbeRows({
  jobs,
  titleOf,
  onRetry,
}: {
  readonly jobs: readonly JobReport[];
  readonly titleOf: (probe: string) => string;
  /** Offered where a probe failed; left out: nothing can be tried again. */
  readonly onRetry?: (() => void) | undefined;
}) {
  const say = useText();
  return (
    <ul aria-label={say('parts.probes')} className="flex flex-col">
      {jobs.map((job) => (
        <ProbeRow key={job.probe} job={job} title={titleOf(job.probe)} onRetry={onRetry} />
      ))}
    </ul>
  );
}

interface ProbeRowProps {
  readonly job: JobReport;
  readonly title: string;
  readonly onRetry: (() => void) | undefined;
}

function ProbeRow({ job, title, onRetry }: ProbeRowProps) {
  const say = useText();
  const format = useFormat();
  const said = saidOf(job);
  const { icon: Icon, color } = LOOKS[said];
  const detail = job.problem ?? job.coverage?.detail ?? null;
  const versions = [
    job.engineVersion,
    databaseWords(say, job),
    job.durationMs === null ? null : format.duration(job.durationMs),
    job.attempts > 1 ? say('parts.attempts', { count: job.attempts }) : null,
    job.cached ? say('job.cached') : null,
  ].filter((part) => part !== null);
  return (
    <li className="border-b border-line/60 py-1.5 last:border-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="min-w-24 flex-1 font-medium">{title}</span>
        <span className={cx('flex items-center gap-1 font-medium', color)}>
          <Icon size={14} aria-hidden="true" className="shrink-0" />
          {say(`job.${said}`)}
        </span>
      </div>
      {detail !== null && (
        <p className="text-11 [overflow-wrap:anywhere]">
          <bdi>{say.told(detail)}</bdi>
        </p>
      )}
      {said === 'error' && onRetry !== undefined && (
        <Button
          icon={RefreshCw}
          className="my-1 h-6"
          aria-label={say('item.retryProbe', { probe: title })}
          onClick={onRetry}
        >
          {say('parts.retry')}
        </Button>
      )}
      {versions.length > 0 && <p className="text-11 text-muted [overflow-wrap:anywhere]">{versions.join(' · ')}</p>}
    </li>
  );
}
