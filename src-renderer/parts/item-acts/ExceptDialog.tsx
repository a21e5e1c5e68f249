import { useEffect, useState } from 'react';
import { engine, messageOf } from '../../bridge';
import { useText } from '../../i18n/text';
import { exceptKept, rescan } from '../../state/kept-acts';
import { useLanguage } from '../../state/language';
import { inLanes } from '../../state/many-items';
import { titleAmong, useProbeTitles } from '../../state/probe-titles';
import { Banner } from '../Banner';
import { ConfirmReason } from '../ConfirmReason';
import { Dialog } from '../Dialog';
import { ChoiceField } from '../fields/ChoiceField';
import { Spinner } from '../Spinner';
import { EXPIRY_DAYS, type Exceptable, exceptableOf, expiryOf } from './found-by';
import { ItemNames } from './ItemNames';
import { tellOrThrow, tellOutcome } from './outcome';

interface ExceptDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

/** "This is a false positive": reads what was found, then asks which probes are wrong about it. */
export function ExceptDialog({ ids, onClose }: ExceptDialogProps) {
  const say = useText();
  const language = useLanguage((state) => state.language);
  const [files, setFiles] = useState<readonly Exceptable[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    const read = async () => {
      const found = new Map<string, Exceptable>();
      await inLanes(ids, async (id) => {
        if (!gone) found.set(id, exceptableOf(await engine('item-page', { id, language })));
      });
      if (!gone) setFiles(ids.flatMap((id) => found.get(id) ?? []));
    };
    read().catch((error: unknown) => setProblem(messageOf(error)));
    return () => {
      gone = true;
    };
  }, [ids, language]);
  const able = files?.filter(({ probes }) => probes.length > 0) ?? [];
  if (able.length > 0) return <ExceptForm files={able} ids={ids} onClose={onClose} />;
  return (
    <Dialog open title={say('acts.exceptTitle', { count: ids.length })} onClose={onClose}>
      {problem !== null && <Banner tone="infected">{say('parts.loadFailed', { problem })}</Banner>}
      {files === null && problem === null && <Spinner />}
      {files !== null && (
        <div className="flex flex-col gap-3">
          <ItemNames ids={ids} />
          <p>{say('acts.exceptNothing')}</p>
        </div>
      )}
    </Dialog>
  );
}

function ExceptForm({ files, ids, onClose }: ExceptDialogProps & { readonly files: readonly Exceptable[] }) {
  const say = useText();
  const titleOf = titleAmong(useProbeTitles());
  const probes = [...new Set(files.flatMap((file) => file.probes))];
  const held = files.filter(({ isHeld }) => isHeld).map(({ id }) => id);
  const leftOut = ids.length - files.length;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(probes));
  const [days, setDays] = useState<string | undefined>('30');
  const [again, setAgain] = useState(true);
  const confirm = async (reason: string) => {
    if (chosen.size === 0) throw new Error(say('acts.exceptNoProbe'));
    const byItem = new Map(
      files
        .map((file) => [file.id, file.probes.filter((probe) => chosen.has(probe))] as const)
        .filter(([, found]) => found.length > 0),
    );
    const outcome = await exceptKept(byItem, reason, expiryOf(days, Date.now()));
    await tellOrThrow([...byItem.keys()], outcome, 'acts.done.excepted');
    if (again && held.length > 0) await tellOutcome(held, await rescan(held), 'acts.done.rescanned');
  };
  const toggle = (probe: string) => {
    const next = new Set(chosen);
    if (!next.delete(probe)) next.add(probe);
    setChosen(next);
  };
  return (
    <ConfirmReason
      title={say('acts.exceptTitle', { count: files.length })}
      verb={say('acts.exceptVerb')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <ul className="flex flex-col gap-0.5">
        {files.slice(0, 5).map(({ id, name }) => (
          <li key={id} className="font-medium [overflow-wrap:anywhere]">
            <bdi>{name}</bdi>
          </li>
        ))}
        {files.length > 5 && <li className="text-muted">{say('acts.andMore', { count: files.length - 5 })}</li>}
      </ul>
      <p>{say('acts.exceptHelp', { count: files.length })}</p>
      {leftOut > 0 && <p className="text-muted">{say('acts.exceptLeftOut', { count: leftOut })}</p>}
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">{say('acts.exceptProbes')}</legend>
        {probes.map((probe) => (
          <label key={probe} className="flex items-center gap-2">
            <input
              type="checkbox"
              className="size-3.5 accent-accent"
              checked={chosen.has(probe)}
              onChange={() => toggle(probe)}
            />
            {titleOf(probe)}
          </label>
        ))}
      </fieldset>
      <ChoiceField
        label={say('acts.expiry')}
        value={days}
        unset={say('acts.expiryNever')}
        choices={EXPIRY_DAYS.map((count) => ({ value: String(count), title: say('acts.expiryDays', { count }) }))}
        onChange={setDays}
      />
      {held.length > 0 && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-3.5 accent-accent"
            checked={again}
            onChange={(event) => setAgain(event.target.checked)}
          />
          {say('acts.exceptRescan', { count: held.length })}
        </label>
      )}
    </ConfirmReason>
  );
}
