import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { go } from '../../state/navigation';
import { LatestDrop } from './LatestDrop';
import { useLatestDrops } from './use-latest-drops';

/** What was handed over last, and how far it is. */
export function LatestDrops() {
  const say = useText();
  const { rows, problem } = useLatestDrops();
  return (
    <section className="flex flex-col gap-2" aria-labelledby="drop-latest">
      <header className="flex flex-wrap items-center gap-2">
        <h2 id="drop-latest" className="flex-1 text-15 font-semibold">
          {say('drop.latest')}
        </h2>
        <Button kind="quiet" onClick={() => go('queue')}>
          {say('drop.allQueue')}
        </Button>
        <Button kind="quiet" onClick={() => go('results')}>
          {say('drop.allResults')}
        </Button>
      </header>
      {problem !== null && <Banner tone="infected">{say('drop.latestProblem', { problem })}</Banner>}
      {rows !== null && rows.length === 0 && <p className="text-muted">{say('drop.latestNone')}</p>}
      {rows !== null && rows.length > 0 && (
        <ul className="overflow-hidden rounded-md border border-line bg-surface">
          {rows.map((row) => (
            <LatestDrop key={row.guid} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}
