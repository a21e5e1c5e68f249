import { Ellipsis } from 'lucide-react';
import type { ItemPage } from '../../../src-main/contract/item-view';
import { useText } from '../../i18n/text';
import type { Command } from '../../state/commands';
import { fileNameOf } from '../../state/item-page';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { VerdictChip } from '../Chip';
import { ExportButton } from '../ExportButton';
import { Menu } from '../Menu';
import { TypeBadge } from '../TypeBadge';
import { ItemFacts } from './ItemFacts';

/** So many acts have a button of their own, beside that of exports; the rest is behind three dots. */
const BUTTONS = 1;

/** Verdict, name, the one sentence that says why, and what can be done. */
export function ItemHeader({
  page,
  commands,
  alone,
}: {
  readonly page: ItemPage;
  readonly commands: readonly Command[];
  /** Nothing else is shown: the name is the heading of the page. */
  readonly alone: boolean;
}) {
  const say = useText();
  const { item } = page;
  const name = fileNameOf(item);
  const Heading = alone ? 'h1' : 'h2';
  const exports = commands.filter(({ isExport }) => isExport === true);
  const others = commands.filter(({ isExport }) => isExport !== true);
  const buttons = others.filter(({ inMenu }) => inMenu !== true).slice(0, BUTTONS);
  const rest = others.filter((command) => !buttons.includes(command));
  const description = page.report?.item.type?.description;
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <VerdictChip verdict={item.verdict} moving={item.state === 'scanning'} large />
        <Heading
          title={name}
          className="line-clamp-3 min-w-0 flex-1 basis-48 text-15 leading-7 font-semibold [overflow-wrap:anywhere]"
        >
          <bdi>{name}</bdi>
        </Heading>
        <div className="flex flex-wrap gap-2">
          {buttons.map((command) => (
            <Button
              key={command.id}
              kind={command.danger === true ? 'danger' : 'plain'}
              disabled={command.enabled === false}
              onClick={() => command.run()}
            >
              {command.title}
            </Button>
          ))}
          <ExportButton commands={exports} />
          {rest.length > 0 && (
            <Menu commands={rest}>
              <Button kind="quiet" icon={Ellipsis} aria-label={say('parts.more')} />
            </Menu>
          )}
        </div>
      </div>
      {item.mime !== null && (
        <div className="flex">
          <TypeBadge mime={item.mime} description={description} />
        </div>
      )}
      {item.sentence !== null && (
        <p className="text-15 [overflow-wrap:anywhere]">
          <bdi>{say.told(item.sentence)}</bdi>
        </p>
      )}
      {item.problem !== null && (
        <Banner tone="suspicious">
          <bdi>{say.told(item.problem)}</bdi>
        </Banner>
      )}
      <ItemFacts page={page} />
    </header>
  );
}
