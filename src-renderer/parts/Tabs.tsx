import { Tabs as Base } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './class-names';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly content: ReactNode;
}

/** A few panels of which one is shown; arrow keys move between their titles. */
export function Tabs({
  tabs,
  current,
  onChange,
  label,
  full = false,
}: {
  readonly tabs: readonly Tab[];
  readonly current: string;
  readonly onChange: (id: string) => void;
  readonly label: string;
  /** The panels fill the page and scroll by themselves (tables). */
  readonly full?: boolean;
}) {
  return (
    <Base.Root value={current} onValueChange={onChange} className="flex min-h-0 flex-1 flex-col">
      <Base.List aria-label={label} className={cx('flex flex-wrap gap-x-1 border-b border-line', full && 'px-2')}>
        {tabs.map(({ id, title }) => (
          <Base.Trigger
            key={id}
            value={id}
            className="-mb-px h-8 -outline-offset-2 rounded-t-sm border-b-2 border-transparent px-3 font-medium text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text"
          >
            {title}
          </Base.Trigger>
        ))}
      </Base.List>
      {tabs.map(({ id, content }) => (
        <Base.Content
          key={id}
          value={id}
          className={cx('min-h-0 flex-1', full ? 'flex flex-col' : 'overflow-auto pt-3')}
        >
          {content}
        </Base.Content>
      ))}
    </Base.Root>
  );
}
