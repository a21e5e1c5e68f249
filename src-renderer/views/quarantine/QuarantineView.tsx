import { ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import type { ItemRow } from '../../../src-main/contract/item-view';
import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { FilteredAway } from '../../parts/FilteredAway';
import { useItemColumns } from '../../parts/item/item-columns';
import { ItemAlone, ItemBrowser } from '../../parts/item-acts/ItemBrowser';
import { type ItemActs, useItemActs } from '../../parts/item-acts/use-item-acts';
import { Page } from '../../parts/Page';
import { SearchField } from '../../parts/SearchField';
import { idsOf, useItemRows } from '../../state/item-rows';
import { useRoute } from '../../state/navigation';
import { KeptFilter } from './KeptFilter';
import { keptQuery, quarantineSelection, showKept, sortKept, useQuarantine } from './quarantine-store';

const COLUMNS = ['name', 'verdict', 'why', 'disposition', 'path', 'size', 'ended'] as const;

/** What is kept from going on, for a person to review: `#/quarantine`, `#/quarantine/42` (one item). */
export function QuarantineView() {
  const id = useRoute((route) => route.path[0]);
  const acts = useItemActs();
  return (
    <>
      {id === undefined ? <KeptList acts={acts} /> : <ItemAlone view="quarantine" id={id} acts={acts} />}
      {acts.dialogs}
    </>
  );
}

const search = (text: string) => showKept({ text });
const showPane = (pane: boolean) => useQuarantine.setState({ pane });

function KeptList({ acts }: { readonly acts: ItemActs }) {
  const say = useText();
  const { shown, text, sort, pane } = useQuarantine();
  const query = useMemo(() => keptQuery({ shown, text, sort }), [shown, text, sort]);
  const rows = useItemRows(query);
  const columns = useItemColumns(COLUMNS);
  const filter = [
    ...(text === '' ? [] : [`“${text}”`]),
    ...(shown === 'all' ? [] : [say(`quarantine.show.${shown}`)]),
  ].join(' · ');
  return (
    <Page
      full
      title={say('view.quarantine')}
      toolbar={
        <>
          <KeptFilter shown={shown} />
          <SearchField value={text} placeholder={say('results.search')} onSearch={search} />
        </>
      }
    >
      <ItemBrowser
        view="quarantine"
        label={say('view.quarantine')}
        columns={columns}
        rows={rows}
        sort={sort}
        onSort={sortKept}
        selection={quarantineSelection}
        allIds={() => idsOf(query)}
        acts={acts}
        actions={acts.forKept}
        onPreview={(row: ItemRow) => acts.preview(row.id)}
        pane={pane}
        onPane={showPane}
        empty={
          filter === '' ? (
            <EmptyState icon={ShieldCheck} title={say('quarantine.empty')}>
              <p>{say('quarantine.emptyHelp')}</p>
            </EmptyState>
          ) : (
            <FilteredAway filter={filter} onClear={() => showKept({ shown: 'all', text: '' })} />
          )
        }
      />
    </Page>
  );
}
