import { useEffect } from 'react';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { NotTakenBanner } from '../../parts/drop/NotTakenBanner';
import { namedFiles } from '../../parts/named-files';
import { Page } from '../../parts/Page';
import { Spinner } from '../../parts/Spinner';
import { useDrop } from '../../state/drop';
import { readDropSetup, useCurrentDropSetup, useDropSetup } from '../../state/drop-setup';
import { DropPanel } from './DropPanel';
import { forgetNotTaken, takeAgain, takeGiven, useGating } from './gating';
import { LatestDrops } from './LatestDrops';
import { useDropCommands } from './use-drop-commands';

/** Hand files over, and see what became of the latest ones. */
export function DropView() {
  const say = useText();
  useCurrentDropSetup();
  useDropCommands();
  const given = useDrop((state) => state.given);
  useEffect(() => {
    if (given !== null) takeGiven();
  }, [given]);
  const notTaken = useGating((state) => state.notTaken);
  const problem = useDropSetup((state) => state.problem);
  return (
    <Page title={say('view.drop')}>
      <div className="flex flex-col gap-4">
        <NotTakenBanner notTaken={notTaken} onAgain={takeAgain} onForget={forgetNotTaken} />
        {problem !== null && (
          <Banner tone="suspicious" actions={<Button onClick={readDropSetup}>{say('parts.retry')}</Button>}>
            {say('drop.setupProblem', { problem })}
          </Banner>
        )}
        <DropPanel />
        <Handing />
        <LatestDrops />
      </div>
    </Page>
  );
}

/** What is being handed to the engine: seen only when that takes a while. */
function Handing() {
  const say = useText();
  const names = useGating((state) => state.handing);
  if (names.length === 0) return null;
  return <Spinner text={say('drop.taking', { count: names.length, names: namedFiles(say, names) })} />;
}
