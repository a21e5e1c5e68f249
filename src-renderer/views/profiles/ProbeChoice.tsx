import type { ProbeStatus } from '../../../src-main/contract/ipc-schema';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { ChoiceField } from '../../parts/fields/ChoiceField';
import { type FormField, useFormField } from '../../parts/form/form-context';
import { privacyWords } from '../../parts/probe/ProbeChips';
import type { SchemaNode } from '../../state/settings-schema';
import { isList, type Path, texts } from '../../state/settings-tree';

const AUTO = 'auto';
const CHOSEN = 'chosen';

/** Which probes look at the files of a profile, and without whose answer none is clean. */
export function ProbeChoice({
  node,
  root,
  probes,
}: {
  readonly node: SchemaNode;
  readonly root: Path;
  readonly probes: readonly ProbeStatus[];
}) {
  const forms = node.properties;
  const listForm = forms.get('probes');
  const requiredForm = forms.get('required');
  if (listForm === undefined || requiredForm === undefined) return null;
  return <Choice forms={{ listForm, requiredForm }} root={root} probes={probes} />;
}

function Choice({
  forms: { listForm, requiredForm },
  root,
  probes,
}: {
  readonly forms: { readonly listForm: SchemaNode; readonly requiredForm: SchemaNode };
  readonly root: Path;
  readonly probes: readonly ProbeStatus[];
}) {
  const say = useText();
  const looking = useFormField([...root, 'probes'], listForm);
  const required = useFormField([...root, 'required'], requiredForm);
  const listed = textsOf(looking);
  const isChosen = isList(required.value ?? required.otherwise);
  const chosen = textsOf(required);
  const unknown = [...listed, ...chosen, ...texts(looking.otherwise)].filter(
    (id) => !probes.some((probe) => probe.id === id),
  );
  const rows = [
    ...probes.map(({ id, title, privacy, required: needed }) => ({
      id,
      title,
      about: privacyWords(say, privacy),
      needed,
    })),
    ...[...new Set(unknown)].map((id) => ({ id, title: id, about: say('profiles.probeAway'), needed: false })),
  ];
  const automatic = rows.filter(({ id, needed }) => needed && listed.includes(id)).map(({ id }) => id);
  const put = (field: FormField, from: readonly string[], id: string, isOn: boolean) =>
    field.set(isOn ? [...from, id] : from.filter((other) => other !== id));
  return (
    <div className="flex flex-col gap-4">
      <ChoiceField
        label={say('profiles.requiredTitle')}
        description={say('profiles.requiredHelp')}
        problem={required.problem}
        locked={required.locked}
        disabled={required.locked !== null}
        value={isChosen ? CHOSEN : AUTO}
        choices={[
          { value: AUTO, title: say('profiles.requiredAuto') },
          { value: CHOSEN, title: say('profiles.requiredChosen') },
        ]}
        onChange={(mode) => required.set(mode === CHOSEN ? automatic : AUTO)}
      />
      <table className="w-full table-fixed">
        <thead>
          <tr className="border-b border-line text-left text-muted">
            <th scope="col" className="h-8 font-medium">
              {say('profiles.probe')}
            </th>
            <th scope="col" className="w-32 font-medium">
              {say('profiles.looks')}
            </th>
            <th scope="col" className="w-32 font-medium">
              {say('probes.required')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, title, about }) => {
            const isListed = listed.includes(id);
            return (
              <tr key={id} className="border-b border-line/60 last:border-0">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  <bdi className="block font-medium [overflow-wrap:anywhere]">{visibleName(title)}</bdi>
                  <span className="text-11 text-muted">{about}</span>
                </th>
                <td>
                  <Tick
                    label={say('profiles.looksOne', { probe: title })}
                    isOn={isListed}
                    isLocked={looking.locked !== null}
                    onChange={(isOn) => put(looking, listed, id, isOn)}
                  />
                </td>
                <td>
                  {isChosen ? (
                    <Tick
                      label={say('profiles.requiredOne', { probe: title })}
                      isOn={chosen.includes(id)}
                      isLocked={required.locked !== null || (!isListed && !chosen.includes(id))}
                      onChange={(isOn) => put(required, chosen, id, isOn)}
                    />
                  ) : (
                    <span className="text-muted">{say(automatic.includes(id) ? 'profiles.yes' : 'profiles.no')}</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {looking.problem !== null && (
        <p role="alert" className="text-infected [overflow-wrap:anywhere]">
          {looking.problem}
        </p>
      )}
    </div>
  );
}

function textsOf({ value, otherwise }: FormField): string[] {
  return texts(isList(value) ? value : otherwise);
}

function Tick({
  label,
  isOn,
  isLocked,
  onChange,
}: {
  readonly label: string;
  readonly isOn: boolean;
  readonly isLocked: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={isOn}
      disabled={isLocked}
      onChange={(event) => onChange(event.target.checked)}
      className="size-4 accent-accent disabled:opacity-60"
    />
  );
}
