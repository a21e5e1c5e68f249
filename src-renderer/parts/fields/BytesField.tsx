import { useState } from 'react';
import { parseBytes } from '../../../src-main/contract/settings-units';
import { useText } from '../../i18n/text';
import { FieldFrame, type FieldProps, INPUT } from './FieldFrame';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `25 MiB` of 26214400: the largest unit that says it exactly. */
export function exactBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && value % 1024 === 0 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? String(value) : `${value} ${UNITS[unit]}`;
}

/** A size as dropgate.yaml writes it: `25 MiB`, or bytes. What is no size is said and not handed on. */
export function BytesField({
  value,
  onChange,
  placeholder,
  ...field
}: FieldProps & {
  readonly value: string | number | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly placeholder?: string | undefined;
}) {
  const say = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const bad = draft !== null && draft.trim() !== '' && parseBytes(draft) === null;
  const shown = typeof value === 'number' ? exactBytes(value) : (value ?? '');
  const told = (text: string) => {
    setDraft(text);
    if (text.trim() === '') onChange(undefined);
    else if (parseBytes(text) !== null) onChange(text.trim());
  };
  return (
    <FieldFrame {...field} problem={bad ? say('parts.badSize') : field.problem}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          disabled={field.disabled}
          type="text"
          placeholder={placeholder}
          value={draft ?? shown}
          onChange={(event) => told(event.target.value)}
          onBlur={() => setDraft((text) => (bad ? text : null))}
          className={`${INPUT} max-w-40`}
        />
      )}
    </FieldFrame>
  );
}
