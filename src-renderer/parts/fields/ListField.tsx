import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/text';
import { Button } from '../Button';
import { FieldFrame, type FieldProps, INPUT } from './FieldFrame';

/** Texts in their order: write one and press Enter to add it. `choose` offers a way to pick them (files, folders). */
export function ListField({
  value,
  onChange,
  placeholder,
  choose,
  ...field
}: FieldProps & {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly placeholder?: string | undefined;
  readonly choose?: (() => void) | undefined;
}) {
  const say = useText();
  const [draft, setDraft] = useState('');
  const add = () => {
    if (draft.trim() === '') return;
    onChange([...value, draft.trim()]);
    setDraft('');
  };
  return (
    <FieldFrame {...field}>
      {({ id, describedBy, invalid }) => (
        <div className="flex flex-col gap-1">
          {value.length > 0 && (
            <ul className="flex flex-wrap gap-1">
              {value.map((entry, at) => (
                <li
                  key={`${at} ${entry}`}
                  className="flex max-w-full items-center rounded-sm border border-line bg-ground pl-2"
                >
                  <bdi className="min-w-0 [overflow-wrap:anywhere]">{entry}</bdi>
                  <Button
                    kind="quiet"
                    icon={X}
                    className="h-6 w-6"
                    disabled={field.disabled}
                    aria-label={say('parts.remove', { name: entry })}
                    onClick={() => onChange(value.filter((_, other) => other !== at))}
                  />
                </li>
              ))}
            </ul>
          )}
          <span className="flex gap-2">
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              disabled={field.disabled}
              type="text"
              placeholder={placeholder}
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
              onBlur={add}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add();
              }}
              className={INPUT}
            />
            <Button icon={Plus} disabled={draft.trim() === ''} onClick={add}>
              {say('parts.add')}
            </Button>
            {choose !== undefined && (
              <Button disabled={field.disabled} onClick={choose}>
                {say('parts.choose')}
              </Button>
            )}
          </span>
        </div>
      )}
    </FieldFrame>
  );
}
