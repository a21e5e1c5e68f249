import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { cx } from './class-names';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly icon?: LucideIcon;
  readonly ref?: Ref<HTMLButtonElement>;
}

const KINDS = {
  plain: 'border border-line-strong/60 bg-surface hover:bg-hover',
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  danger: 'border border-infected/60 bg-surface text-infected hover:bg-infected/10',
  quiet: 'hover:bg-hover',
} as const;

/** A button with a word, or with an icon alone when it has an `aria-label`. */
export function Button({ kind = 'plain', icon: Icon, className, children, type = 'button', ...rest }: ButtonProps) {
  const onlyIcon = children === undefined;
  return (
    <button
      type={type}
      className={cx(
        'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-sm text-13 font-medium whitespace-nowrap transition-colors',
        'disabled:opacity-50 disabled:pointer-events-none',
        onlyIcon ? 'w-7' : 'px-3',
        KINDS[kind],
        className,
      )}
      title={onlyIcon ? rest['aria-label'] : undefined}
      {...rest}
    >
      {Icon !== undefined && <Icon size={15} aria-hidden="true" className="shrink-0" />}
      {children}
    </button>
  );
}
