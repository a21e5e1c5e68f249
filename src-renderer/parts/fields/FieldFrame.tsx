import { Lock } from 'lucide-react';
import { type ReactNode, useId } from 'react';

/** What every field of a form has. */
export interface FieldProps {
  readonly label: string;
  readonly description?: string | undefined;
  /** What is wrong with the value, and what to write instead. */
  readonly problem?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  /** Why it cannot be changed here, in a few words beside the label. */
  readonly locked?: string | null | undefined;
}

export interface ControlIds {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

/** Label, control, description and problem, joined for screen readers. */
export function FieldFrame({
  label,
  description,
  problem,
  locked,
  children,
}: FieldProps & {
  readonly children: (ids: ControlIds) => ReactNode;
}) {
  const id = useId();
  const about = description === undefined ? null : `${id}-about`;
  const wrong = problem === null || problem === undefined ? null : `${id}-wrong`;
  const describedBy = [about, wrong].filter((part) => part !== null).join(' ');
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="flex flex-wrap items-center gap-x-2">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {locked !== null && locked !== undefined && (
          <span className="flex items-center gap-1 text-11 text-muted">
            <Lock size={12} aria-hidden="true" />
            {locked}
          </span>
        )}
      </span>
      {children({ id, describedBy: describedBy === '' ? undefined : describedBy, invalid: wrong !== null })}
      {wrong !== null && (
        <p id={wrong} role="alert" className="text-infected [overflow-wrap:anywhere]">
          {problem}
        </p>
      )}
      {about !== null && (
        <p id={about} className="text-11 text-muted">
          {description}
        </p>
      )}
    </div>
  );
}

/** How a box to write in looks. */
export const INPUT =
  'h-7 w-full min-w-0 rounded-sm border border-line-strong/60 bg-surface px-2 aria-invalid:border-infected disabled:opacity-60';
