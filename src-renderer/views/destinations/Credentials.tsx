import { useState } from 'react';
import type { ShellParams } from '../../../src-main/contract/shell-schema';
import { messageOf, shell } from '../../bridge';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/fields/TextField';
import { LeaveQuestion, type Unsaved } from '../../parts/form/LeaveQuestion';
import { FormSection } from '../../parts/form/SchemaGroup';
import { useRoute } from '../../state/navigation';
import { useReading } from '../../state/reading';
import { tell } from '../../state/toasts';
import { useUnsaved } from '../../state/unsaved';

type SecretName = ShellParams<'secret-set'>['name'];
const NAMES: readonly SecretName[] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Secrets never stand in dropgate.yaml: the system's key store has them, or the environment, where it is none. */
export function Credentials() {
  const say = useText();
  const here = useRoute();
  const [place] = useState(here);
  const kept = useReading(() => shell('secret-list', {}), 0);
  const [drafts, setDrafts] = useState<Partial<Record<SecretName, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isKeeping, setKeeping] = useState(false);
  const given = NAMES.flatMap((name) => {
    const value = drafts[name];
    return value === undefined ? [] : [{ name, value }];
  });
  const keep = async () => {
    setKeeping(true);
    setProblem(null);
    try {
      for (const { name, value } of given) {
        const answer = await shell('secret-set', { name, value });
        if (!answer.kept) {
          setProblem(say('destinations.notKept', { problem: say.told(answer.problem ?? '') }));
          return false;
        }
      }
      setDrafts({});
      tell(say('destinations.kept'));
      return true;
    } catch (error) {
      setProblem(say('destinations.notKept', { problem: messageOf(error) }));
      return false;
    } finally {
      setKeeping(false);
      kept.again();
    }
  };
  const unsaved: Unsaved = {
    isChanged: given.length > 0,
    isSaving: isKeeping,
    mistakes: 0,
    save: keep,
    discard: () => setDrafts({}),
  };
  useUnsaved(unsaved.isChanged);
  const closed = kept.value?.problem ?? null;
  const refused = problem ?? (closed === null ? kept.problem : say.told(closed));
  return (
    <FormSection title={say('destinations.credentials')} description={say('destinations.credentialsHelp')}>
      {refused !== null && <Banner tone="suspicious">{refused}</Banner>}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-x-6 gap-y-4">
        {NAMES.map((name) => (
          <TextField
            key={name}
            label={say(`destinations.${name}`)}
            secret
            mono
            placeholder={kept.value?.names.includes(name) === true ? say('destinations.keptAlready') : name}
            value={drafts[name]}
            onChange={(value) =>
              setDrafts(({ [name]: _before, ...others }) =>
                value === undefined ? others : { ...others, [name]: value },
              )
            }
          />
        ))}
      </div>
      <Button className="self-start" disabled={given.length === 0 || isKeeping} onClick={() => void keep()}>
        {say('destinations.keep')}
      </Button>
      <LeaveQuestion unsaved={unsaved} place={place} name={say('destinations.credentials')} />
    </FormSection>
  );
}
