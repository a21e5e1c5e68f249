import { FieldFrame, type FieldProps } from './FieldFrame';

/** Yes or no. */
export function SwitchField({
  value,
  onChange,
  ...field
}: FieldProps & {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  return (
    <FieldFrame {...field}>
      {({ id, describedBy }) => (
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={value}
          aria-describedby={describedBy}
          disabled={field.disabled}
          checked={value}
          onChange={(event) => onChange(event.target.checked)}
          className="relative h-5 w-9 appearance-none rounded-full border border-line-strong bg-ground transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-line-strong before:transition-transform before:content-[''] checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-on-accent disabled:opacity-60"
        />
      )}
    </FieldFrame>
  );
}
