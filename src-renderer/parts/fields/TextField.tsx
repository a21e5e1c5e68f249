import { cx } from '../class-names';
import { FieldFrame, type FieldProps, INPUT } from './FieldFrame';

/** Text; an empty box is `undefined`, so that the default (shown in the box) holds. */
export function TextField({
  value,
  onChange,
  placeholder,
  lines = 1,
  secret = false,
  mono = false,
  ...field
}: FieldProps & {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly placeholder?: string | undefined;
  readonly lines?: number;
  readonly secret?: boolean;
  readonly mono?: boolean;
}) {
  const told = (text: string) => onChange(text === '' ? undefined : text);
  return (
    <FieldFrame {...field}>
      {({ id, describedBy, invalid }) => {
        const common = {
          id,
          'aria-describedby': describedBy,
          'aria-invalid': invalid,
          disabled: field.disabled,
          placeholder,
          value: value ?? '',
          spellCheck: false,
        };
        return lines > 1 ? (
          <textarea
            {...common}
            rows={lines}
            dir="auto"
            onChange={(event) => told(event.target.value)}
            className={cx(INPUT, 'h-auto py-1')}
          />
        ) : (
          <input
            {...common}
            type={secret ? 'password' : 'text'}
            autoComplete="off"
            onChange={(event) => told(event.target.value)}
            className={cx(INPUT, mono && 'font-mono')}
          />
        );
      }}
    </FieldFrame>
  );
}
