import { Ellipsis, Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { Menu } from '../../parts/Menu';
import { Page } from '../../parts/Page';
import { Tabs } from '../../parts/Tabs';
import { act } from '../../state/act';
import { type Command, useCommands } from '../../state/commands';
import { pauseAll } from '../../state/connection';
import { idsOf } from '../../state/item-rows';
import { go, useRoute } from '../../state/navigation';
import { usePulse } from '../../state/pulse';
import { FileTable } from './FileTable';
import type { Cancel } from './item-columns';
import { NothingMoves } from './NothingMoves';
import { openSubmissions, retryIds } from './queue-acts';
import { SubmissionTable } from './SubmissionTable';
import { useCancel } from './use-cancel';
import { QUEUE_SORT, useQueue } from './use-queue-rows';

const TABS = ['submissions', 'files', 'held'] as const;
const OPEN = { open: true } as const;
const HELD: { readonly dispositions: 'held'[] } = { dispositions: ['held'] };
const NEWEST_FIRST = { by: 'time', descending: true } as const;

/** What is on its way, and what waits for something: stop it, retry it, trust it. */
export function QueueView() {
  const say = useText();
  const format = useFormat();
  const asked = useRoute(({ path }) => path[0]);
  const current = TABS.find((tab) => tab === asked) ?? 'submissions';
  const held = usePulse((pulse) => pulse?.counts.held ?? 0);
  const { cancel, dialog } = useCancel();
  const heldEmpty = <EmptyState title={say('queue.heldEmpty')}>{say('queue.heldHelp')}</EmptyState>;
  return (
    <Page title={say('view.queue')} actions={<QueueActs cancel={cancel} />} full>
      <PausedBanner />
      <Tabs
        full
        label={say('queue.tabs')}
        current={current}
        onChange={(tab) => go('queue', tab)}
        tabs={[
          { id: 'submissions', title: say('queue.bySubmission'), content: <Submissions cancel={cancel} /> },
          {
            id: 'files',
            title: say('queue.allFiles'),
            content: (
              <FileTable
                label={say('queue.allFiles')}
                which={OPEN}
                firstSort={QUEUE_SORT}
                held={false}
                cancel={cancel}
                empty={<NothingMoves />}
              />
            ),
          },
          {
            id: 'held',
            title: held === 0 ? say('queue.held') : say('queue.heldCount', { count: format.shortCount(held) }),
            content: (
              <FileTable
                label={say('queue.held')}
                which={HELD}
                firstSort={NEWEST_FIRST}
                held
                cancel={cancel}
                empty={heldEmpty}
              />
            ),
          },
        ]}
      />
      {dialog}
    </Page>
  );
}

function Submissions({ cancel }: { readonly cancel: Cancel }) {
  return <SubmissionTable queue={useQueue()} cancel={cancel} />;
}

function PausedBanner() {
  const say = useText();
  const paused = usePulse((pulse) => pulse?.paused === true);
  return paused ? <Banner tone="suspicious">{say('queue.pausedWords')}</Banner> : null;
}

async function cancelEverything(cancel: Cancel): Promise<void> {
  const open = await openSubmissions();
  const files = open.reduce((sum, { items, settled }) => sum + items - settled, 0);
  if (open.length > 0) cancel({ items: [], submissions: open.map(({ guid }) => guid) }, Math.max(2, files));
}

/** What concerns all of the queue. */
function QueueActs({ cancel }: { readonly cancel: Cancel }) {
  const say = useText();
  const paused = usePulse((pulse) => pulse?.paused ?? null);
  const commands = useMemo((): Command[] => {
    const group = say('view.queue');
    return [
      {
        id: 'queue.retryAll',
        title: say('queue.retryAll'),
        group,
        run: () => act(async () => retryIds(await idsOf(OPEN))),
      },
      {
        id: 'queue.retryAllHeld',
        title: say('queue.retryAllHeld'),
        group,
        run: () => act(async () => retryIds(await idsOf(HELD))),
      },
      {
        id: 'queue.cancelAll',
        title: say('queue.cancelAll'),
        group,
        danger: true,
        run: () => act(() => cancelEverything(cancel)),
      },
    ];
  }, [say, cancel]);
  useCommands(commands);
  return (
    <>
      <Button
        icon={paused === true ? Play : Pause}
        disabled={paused === null}
        onClick={() => act(() => pauseAll(paused !== true))}
      >
        {say(paused === true ? 'queue.resumeAll' : 'queue.pauseAll')}
      </Button>
      <Menu commands={commands}>
        <Button kind="quiet" icon={Ellipsis} aria-label={say('parts.more')} />
      </Menu>
    </>
  );
}
