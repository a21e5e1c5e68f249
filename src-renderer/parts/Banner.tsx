import { CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names';

const TONES = {
  moving: { icon: Info, look: 'border-moving/50 bg-moving/10', mark: 'text-moving' },
  suspicious: { icon: TriangleAlert, look: 'border-suspicious/50 bg-suspicious/10', mark: 'text-suspicious' },
  infected: { icon: TriangleAlert, look: 'border-infected/50 bg-infected/10', mark: 'text-infected' },
  clean: { icon: CircleCheck, look: 'border-clean/50 bg-clean/10', mark: 'text-clean' },
} as const satisfies Record<string, { icon: LucideIcon; look: string; mark: string }>;

/** A message that stays as long as what it says is so. Problems are read out at once. */
export function Banner({
  tone,
  actions,
  children,
}: {
  readonly tone: keyof typeof TONES;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { icon: Icon, look, mark } = TONES[tone];
  return (
    <div
      role={tone === 'infected' ? 'alert' : 'status'}
      className={cx('flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-y px-4 py-2', look)}
    >
      <Icon size={16} aria-hidden="true" className={cx('shrink-0', mark)} />
      <p className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]">{children}</p>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
