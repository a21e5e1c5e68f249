import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ChildReport } from '../../../src-main/contract/report';
import { useText } from '../../i18n/text';
import { VerdictChip } from '../Chip';
import { Bytes } from '../Figures';
import { FileName } from '../FileName';
import { Growing } from '../Growing';

const STEP = 16;
/** Deeper trees begin folded below this many entries at one level. */
const OPEN_AT_FIRST = 20;

function byParent(members: readonly ChildReport[]): ReadonlyMap<string, readonly ChildReport[]> {
  const groups = new Map<string, ChildReport[]>();
  for (const child of members) {
    const group = groups.get(child.parent);
    if (group === undefined) groups.set(child.parent, [child]);
    else group.push(child);
  }
  return groups;
}

/** The files inside a file, as deep as they go. */
export function ChildrenTree({
  root,
  members,
  leftOut,
}: {
  /** Id of the item that holds them. */
  readonly root: string;
  readonly members: readonly ChildReport[];
  /** How many more there are. */
  readonly leftOut: number;
}) {
  const say = useText();
  const groups = useMemo(() => byParent(members), [members]);
  return (
    <>
      <Growing all={groups.get(root) ?? []}>
        {(shown) => (
          <ul aria-label={say('parts.children')}>
            {shown.map((child) => (
              <Branch key={child.id} child={child} groups={groups} depth={0} />
            ))}
          </ul>
        )}
      </Growing>
      {leftOut > 0 && <p className="py-1 text-muted">{say('parts.childrenLeftOut', { count: leftOut })}</p>}
    </>
  );
}

interface BranchProps {
  readonly child: ChildReport;
  readonly groups: ReadonlyMap<string, readonly ChildReport[]>;
  readonly depth: number;
}

function Branch({ child, groups, depth }: BranchProps) {
  const say = useText();
  const inside = groups.get(child.id) ?? [];
  const [open, setOpen] = useState(inside.length > 0 && inside.length <= OPEN_AT_FIRST);
  const name = child.name.display;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li>
      <div className="flex h-8 items-center gap-2" style={{ paddingInlineStart: depth * STEP }}>
        {inside.length > 0 ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={say('parts.expand', { name })}
            className="flex size-5 shrink-0 items-center justify-center rounded-sm hover:bg-hover"
            onClick={() => setOpen(!open)}
          >
            <Chevron size={14} aria-hidden="true" />
          </button>
        ) : (
          <span className="size-5 shrink-0" />
        )}
        <FileName name={name} className="flex-1" />
        <span className="shrink-0 text-muted">
          <Bytes bytes={child.size} />
        </span>
        <VerdictChip verdict={child.verdict?.kind ?? null} />
      </div>
      {open && (
        <ul>
          {inside.map((deeper) => (
            <Branch key={deeper.id} child={deeper} groups={groups} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}
