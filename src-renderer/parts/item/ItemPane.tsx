import { type ReactNode, useMemo } from 'react';
import type { ItemPage } from '../../../src-main/contract/item-view';
import { useText } from '../../i18n/text';
import { type Command, useCommands } from '../../state/commands';
import { useItemPage } from '../../state/item-page';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { Spinner } from '../Spinner';
import { ItemHeader } from './ItemHeader';
import { ItemSections } from './ItemSections';

interface ItemPaneProps {
  readonly id: string;
  /** What can be done with this item: buttons and menu of its header. */
  commandsOf(page: ItemPage): readonly Command[];
  /** Above everything: a way back, a button that closes. */
  readonly top?: ReactNode;
  readonly onRetry?: (page: ItemPage) => void;
  /** It stands alone, without a table: the keys of the commands mean this item. */
  readonly alone?: boolean;
}

const NO_COMMANDS: readonly Command[] = [];

/** One item whole: beside a table, or alone. */
export function ItemPane({ id, commandsOf, top, onRetry, alone = false }: ItemPaneProps) {
  const say = useText();
  const { page, problem, retry } = useItemPage(id);
  const commands = useMemo(() => (page === null ? NO_COMMANDS : commandsOf(page)), [page, commandsOf]);
  useCommands(alone ? commands : NO_COMMANDS);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {top}
      {problem !== null && (
        <Banner tone="infected" actions={<Button onClick={retry}>{say('parts.retry')}</Button>}>
          {say('parts.loadFailed', { problem })}
        </Banner>
      )}
      {page === null ? (
        problem === null && <Spinner />
      ) : (
        <section
          aria-label={say('item.page')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto p-4 -outline-offset-2"
        >
          <div className="flex flex-col gap-5">
            <ItemHeader page={page} commands={commands} alone={alone} />
            <ItemSections
              page={page}
              alone={alone}
              onRetry={onRetry !== undefined && page.item.state === 'held' ? () => onRetry(page) : undefined}
            />
          </div>
        </section>
      )}
    </div>
  );
}
