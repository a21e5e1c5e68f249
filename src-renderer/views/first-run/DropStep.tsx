import { FileUp } from 'lucide-react';
import { useMemo } from 'react';
import { shell } from '../../bridge';
import { isolated, visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { NotTakenBanner } from '../../parts/drop/NotTakenBanner';
import { WhoSees } from '../../parts/drop/WhoSees';
import { namedFiles } from '../../parts/named-files';
import { Spinner } from '../../parts/Spinner';
import { act } from '../../state/act';
import { type Command, useCommands } from '../../state/commands';
import { readDropSetup, useDropPlan, useDropSetup, useRefusal } from '../../state/drop-setup';
import { usePulse } from '../../state/pulse';
import { FirstDropProgress } from './FirstDropProgress';
import { takeFirstAgain, takeFirstDrop, useFirstDrop } from './first-drop';
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
      <NotTakenBanner notTaken={notTaken} onAgain={takeFirstAgain} />
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
  const problem = useDropSetup((state) => state.problem);
  const plan = useDropPlan();
  return (
    <>
      {problem !== null && (
        <Banner tone="suspicious" actions={<Button onClick={readDropSetup}>{say('parts.retry')}</Button>}>
          {say('drop.setupProblem', { problem })}
        </Banner>
      )}
      <p className="[overflow-wrap:anywhere]">
        {plan.destination === null
          ? say('drop.planUnknown')
          : say('drop.plan', { count: plan.probes, destination: isolated(visibleName(plan.destination)) })}
      </p>
      <ul className="font-medium">
        <WhoSees plan={plan} />
      </ul>
    </>
  );
}
