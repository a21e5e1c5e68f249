import { Eye, FileUp } from 'lucide-react';
import { useMemo } from 'react';
import { shell } from '../../bridge';
import { isolated, nameOfPath, visibleName } from '../../format/visible-name';
import { type Say, useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { namedFiles } from '../../parts/named-files';
import { Spinner } from '../../parts/Spinner';
import { act } from '../../state/act';
import { type Command, useCommands } from '../../state/commands';
import { pauseAll } from '../../state/connection';
import { planOf, readDropSetup, useDropSetup, useRefusal } from '../../state/drop-setup';
import { go } from '../../state/navigation';
import { usePulse } from '../../state/pulse';
import { FirstDropProgress } from './FirstDropProgress';
import { type NotTaken, takeFirstAgain, takeFirstDrop, useFirstDrop } from './first-drop';
import { Step } from './Step';

/** A file of the person's own goes through the gate and is watched to its verdict. */
export function DropStep() {
  return (
    <Step step="drop">
      <FirstDrop />
    </Step>
  );
}

function choose(): void {
  act(async () => {
    const { paths } = await shell('choose-paths', { kind: 'files' });
    if (paths.length > 0) await takeFirstDrop(paths.map(({ path }) => path));
  });
}

function FirstDrop() {
  const say = useText();
  const closed = usePulse((pulse) => pulse?.gate.open === false);
  const { handing, submission, notTaken } = useFirstDrop();
  const hindered = useRefusal() !== null || notTaken !== null;
  const commands = useMemo(
    (): Command[] => [
      { id: 'firstRun.files', title: say('drop.chooseFiles'), group: say('view.drop'), keys: ['Ctrl+o'], run: choose },
    ],
    [say],
  );
  useCommands(commands);
  return (
    <>
      <Plan />
      {closed && <p className="font-medium text-suspicious">{say('drop.gateClosed')}</p>}
      <Hindrance />
      <Button
        kind={submission === null && !hindered ? 'primary' : 'plain'}
        icon={FileUp}
        className="self-start"
        disabled={handing.length > 0}
        onClick={choose}
      >
        {say('drop.chooseFiles')}
      </Button>
      {handing.length > 0 && (
        <Spinner text={say('drop.taking', { count: handing.length, names: namedFiles(say, handing) })} />
      )}
      {submission !== null && <FirstDropProgress key={submission} submission={submission} />}
    </>
  );
}

/** What will happen to the file, and which probes send it somewhere else. */
function Plan() {
  const say = useText();
  const setup = useDropSetup((state) => state.setup);
  const probes = useDropSetup((state) => state.probes);
  const profile = useDropSetup((state) => state.profile);
  const problem = useDropSetup((state) => state.problem);
  const { destination, probes: count, seeBytes, seeHash } = planOf(setup, probes, profile);
  const seen = [
    ...(seeBytes.length > 0 ? [say('drop.seeBytes', { count: seeBytes.length, names: seeBytes.join(', ') })] : []),
    ...(seeHash.length > 0 ? [say('drop.seeHash', { count: seeHash.length, names: seeHash.join(', ') })] : []),
  ];
  return (
    <>
      {problem !== null && (
        <Banner tone="suspicious" actions={<Button onClick={readDropSetup}>{say('parts.retry')}</Button>}>
          {say('drop.setupProblem', { problem })}
        </Banner>
      )}
      <p className="[overflow-wrap:anywhere]">
        {destination === null
          ? say('drop.planUnknown')
          : say('drop.plan', { count, destination: isolated(visibleName(destination)) })}
      </p>
      {seen.map((line) => (
        <p key={line} className="flex items-start gap-2 font-medium [overflow-wrap:anywhere]">
          <Eye size={16} aria-hidden="true" className="mt-0.5 shrink-0 text-suspicious" />
          <span className="min-w-0">{line}</span>
        </p>
      ))}
    </>
  );
}

function refusalWords(say: Say, why: NotTaken['why']): string {
  if (why.kind === 'problem') return why.text;
  if (why.kind === 'destination')
    return say('drop.refuse.destination', { profile: isolated(visibleName(why.profile)) });
  return say(`drop.refuse.${why.kind}`);
}

/** Why files are not taken now, or which were not; with the button that helps. */
function Hindrance() {
  const say = useText();
  const refusal = useRefusal();
  const notTaken = useFirstDrop((state) => state.notTaken);
  if (notTaken === null && refusal === null) return null;
  const help = refusal === null ? null : <Help why={refusal} />;
  if (notTaken === null)
    return (
      <Banner tone="suspicious" actions={help}>
        {refusal !== null && refusalWords(say, refusal)}
      </Banner>
    );
  const names = namedFiles(say, notTaken.paths.map(nameOfPath));
  return (
    <Banner
      tone="infected"
      actions={
        help ?? (
          <Button kind="primary" onClick={takeFirstAgain}>
            {say('drop.again')}
          </Button>
        )
      }
    >
      {say('drop.notTaken', { count: notTaken.paths.length, names, reason: refusalWords(say, notTaken.why) })}
    </Banner>
  );
}

function Help({ why }: { readonly why: NotTaken['why'] }) {
  const say = useText();
  if (why.kind === 'paused')
    return (
      <Button kind="primary" onClick={() => act(() => pauseAll(false))}>
        {say('frame.resume')}
      </Button>
    );
  if (why.kind === 'destination')
    return <Button onClick={() => go('profiles', why.profile)}>{say('drop.openProfiles')}</Button>;
  return null;
}
