import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  /** What to do now. */
  readonly children?: ReactNode;
}

/** Nothing to show, and what to do about it. */
export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-2 px-6 py-12 text-center">
      {Icon !== undefined && <Icon size={28} aria-hidden="true" className="text-muted" />}
      <p className="text-15 font-medium">{title}</p>
      {children !== undefined && <div className="flex max-w-md flex-col items-center gap-3 text-muted">{children}</div>}
    </div>
  );
}
