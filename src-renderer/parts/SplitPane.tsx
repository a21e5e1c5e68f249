import type { ReactNode } from 'react';

/** A list with a pane at its right end; without a pane the list has all the room. */
export function SplitPane({
  label,
  pane,
  children,
}: {
  /** What the pane shows, for screen readers. */
  readonly label: string;
  readonly pane: ReactNode | null;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
      {pane !== null && (
        <aside
          aria-label={label}
          className="flex min-h-0 w-[max(340px,44%)] max-w-[720px] shrink-0 flex-col border-t border-l border-line bg-surface"
        >
          {pane}
        </aside>
      )}
    </div>
  );
}
