import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { hashOf, type Route } from '../../state/navigation';
import { cx } from '../class-names';

/** What is left out of the strip's one line where the window is narrow; programs that read it aloud still have it. */
export const WIDE_ONLY = 'max-[1099px]:sr-only';

/** One fact of the strip, which leads to the view that explains it. `title`: more of it, on hover. */
export function StripFact({
  icon: Icon,
  tone,
  to,
  title,
  children,
}: {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly to: Route;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <li className="-ml-px min-w-0 border-l border-line-strong/60 px-0.5">
      <a
        href={hashOf(to)}
        draggable={false}
        title={title}
        className="flex h-7 min-w-0 items-center gap-1.5 rounded-sm px-1.5 -outline-offset-2 text-text no-underline transition-colors hover:bg-hover"
      >
        <Icon size={15} aria-hidden="true" className={cx('shrink-0', tone)} />
        {children}
      </a>
    </li>
  );
}
