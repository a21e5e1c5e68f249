import { Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useText } from '../../i18n/text';
import { Button } from '../Button';
import { FieldFrame, type FieldProps, INPUT } from './FieldFrame';

/** Named entries, each with its own form: destinations, profiles. Names are those of dropgate.yaml. */
export function RecordField({
  names,
  onAdd,
  onRemove,
  children,
  nameProblem,
  ...field
}: FieldProps & {
  readonly names: readonly string[];
  readonly onAdd: (name: string) => void;
  readonly onRemove: (name: string) => void;
  /** What is wrong with a new name; null when it may be used. */
  readonly nameProblem?: (name: string) => string | null;
  /** The form of one entry. */
  readonly children: (name: string) => ReactNode;
}) {
  const say = useText();
  const [draft, setDraft] = useState('');
  const name = draft.trim();
  const problem = name === '' ? null : (nameProblem?.(name) ?? null);
  const add = () => {
    if (name === '' || problem !== null || names.includes(name)) return;
    onAdd(name);
    setDraft('');
  };
  return (
    <div className="flex flex-col gap-4">
      {names.map((entry) => (
        <section key={entry} className="border-l-2 border-line pl-4" aria-label={entry}>
          <header className="mb-2 flex items-center gap-2">
            <h3 className="min-w-0 flex-1 truncate text-15 font-semibold">{entry}</h3>
            <Button
              kind="quiet"
              icon={Trash2}
              disabled={field.disabled}
              aria-label={say('parts.remove', { name: entry })}
              onClick={() => onRemove(entry)}
            />
          </header>
          {children(entry)}
        </section>
      ))}
      <FieldFrame {...field} problem={problem ?? field.problem}>
        {({ id, describedBy, invalid }) => (
          <span className="flex max-w-80 gap-2">
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              disabled={field.disabled}
              type="text"
              placeholder={say('parts.name')}
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') add();
              }}
              className={INPUT}
            />
            <Button icon={Plus} disabled={name === '' || problem !== null || names.includes(name)} onClick={add}>
              {say('parts.add')}
            </Button>
          </span>
        )}
      </FieldFrame>
    </div>
  );
}
