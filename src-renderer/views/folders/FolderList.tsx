import { FolderPlus, FolderSearch, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { engine } from '../../bridge';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { Loaded } from '../../parts/form/Loaded';
import { Page } from '../../parts/Page';
import { act } from '../../state/act';
import { type Configuration, readConfiguration, useConfiguration } from '../../state/configuration';
import { usePulse } from '../../state/pulse';
import { useReading } from '../../state/reading';
import { FolderEntry } from './FolderEntry';
import { addFolder, sweepNow } from './folder-acts';
import { folderRows, type WatchStatus } from './folder-rows';

/** All watched folders with their state. */
export function FolderList() {
  const say = useText();
  const { configuration, problem } = useConfiguration();
  const revision = usePulse((pulse) =>
    pulse === null ? null : `${pulse.pid} ${pulse.revision.folders} ${pulse.revision.settings}`,
  );
  const status = useReading(async () => (await engine('status', {})).watch, revision);
  const add = (
    <Button kind="primary" icon={FolderPlus} onClick={() => act(addFolder)}>
      {say('folders.add')}
    </Button>
  );
  return (
    <Page
      title={say('view.folders')}
      actions={
        <>
          <Button icon={RefreshCw} onClick={() => act(sweepNow)}>
            {say('folders.sweep')}
          </Button>
          {add}
        </>
      }
    >
      <Loaded
        value={configuration}
        problem={problem ?? status.problem}
        onRetry={() => {
          status.again();
          void readConfiguration();
        }}
      >
        {(known) => (
          <Entries configuration={known} statuses={status.value ?? []}>
            <EmptyState icon={FolderSearch} title={say('folders.empty')}>
              <p>{say('folders.emptyHelp')}</p>
              {add}
            </EmptyState>
          </Entries>
        )}
      </Loaded>
    </Page>
  );
}

function Entries({
  configuration,
  statuses,
  children,
}: {
  readonly configuration: Configuration;
  readonly statuses: readonly WatchStatus[];
  /** Instead of no entries. */
  readonly children: ReactNode;
}) {
  const say = useText();
  const rows = folderRows(configuration, statuses);
  if (rows.length === 0) return children;
  return (
    <ul aria-label={say('view.folders')} className="flex flex-col">
      {rows.map((row) => (
        <FolderEntry key={`${row.index} ${row.written}`} row={row} />
      ))}
    </ul>
  );
}
