import { FieldFrame, type FieldProps, INPUT } from './FieldFrame';

export interface Choice {
  readonly value: string;
  readonly title: string;
}

/** One of a few; `unset` is the title of "none of them" where that is allowed. */
export function ChoiceField({
  value,
  onChange,
  choices,
  unset,
  ...field
}: FieldProps & {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly choices: readonly Choice[];
  readonly unset?: string | undefined;
}) {
  return (
    <FieldFrame {...field}>
      {({ id, describedBy, invalid }) => (
        <select
          id={id}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          disabled={field.disabled}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
          className={`${INPUT} max-w-80 px-1`}
        >
          {unset !== undefined && <option value="">{unset}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.title}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
