import { shell } from '../../bridge';
import { textOfPath } from '../../format/path-text';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { Button } from '../Button';
import { FieldFrame, type FieldProps, INPUT } from './FieldFrame';

/** A place on this computer: written, or chosen in the system's dialog. dropgate.yaml holds text, so what is chosen is its text. */
export function PathField({
  value,
  onChange,
  kind,
  placeholder,
  ...field
}: FieldProps & {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly kind: 'files' | 'folder';
  readonly placeholder?: string | undefined;
}) {
  const say = useText();
  const choose = async () => {
    const [chosen] = (await shell('choose-paths', { kind })).paths;
    if (chosen !== undefined) onChange(textOfPath(chosen.path) ?? chosen.display);
  };
  return (
    <FieldFrame {...field}>
      {({ id, describedBy, invalid }) => (
        <span className="flex gap-2">
          <input
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            disabled={field.disabled}
            type="text"
            spellCheck={false}
            placeholder={placeholder}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
            className={`${INPUT} font-mono text-11`}
          />
          <Button disabled={field.disabled} onClick={() => act(choose, field.label)}>
            {say('parts.choose')}
          </Button>
        </span>
      )}
    </FieldFrame>
  );
}
