import { useState } from 'react';
import { useText } from '../../i18n/text';
import { FieldFrame, type FieldProps, INPUT } from './FieldFrame';

/** A whole number with its unit; an empty box is `undefined`. What is no number is said and not handed on. */
export function NumberField({
  value,
  onChange,
  placeholder,
  unit,
  ...field
}: FieldProps & {
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly placeholder?: string | undefined;
  readonly unit?: string | undefined;
}) {
  const say = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const bad = draft !== null && draft !== '' && !/^\d+$/.test(draft.trim());
  const told = (text: string) => {
    setDraft(text);
    if (text.trim() === '') onChange(undefined);
    else if (/^\d+$/.test(text.trim())) onChange(Number(text));
  };
  return (
    <FieldFrame {...field} problem={bad ? say('parts.badNumber') : field.problem}>
      {({ id, describedBy, invalid }) => (
        <span className="flex items-center gap-2">
          <input
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            disabled={field.disabled}
            type="text"
            inputMode="numeric"
            placeholder={placeholder}
            value={draft ?? value ?? ''}
            onChange={(event) => told(event.target.value)}
            onBlur={() => setDraft((text) => (bad ? text : null))}
            className={`${INPUT} max-w-40`}
          />
          {unit !== undefined && <span className="text-muted">{unit}</span>}
        </span>
      )}
    </FieldFrame>
  );
}
