import type { ReactNode } from 'react';

interface PageProps {
  readonly title: string;
  /** Buttons right of the title. */
  readonly actions?: ReactNode;
  /** A line below the title: search, filters, tabs. */
  readonly toolbar?: ReactNode;
  /** The content fills the page and scrolls by itself (tables); else the page scrolls and is padded. */
  readonly full?: boolean;
  readonly children: ReactNode;
}

/** One view: its title, what can be done, its content. */
export function Page({ title, actions, toolbar, full = false, children }: PageProps) {
  return (
    <section className="flex h-full min-h-0 min-w-0 flex-col" aria-label={title}>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3 pb-2">
        <h1 title={title} className="min-w-0 flex-auto truncate text-20 font-semibold">
          {title}
        </h1>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {toolbar !== undefined && <div className="flex flex-wrap items-center gap-2 px-4 pb-2">{toolbar}</div>}
      <div className={full ? 'flex min-h-0 flex-1 flex-col' : 'min-h-0 flex-1 overflow-auto px-4 pb-4'}>{children}</div>
    </section>
  );
}
