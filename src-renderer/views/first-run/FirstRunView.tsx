import { useEffect } from 'react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { Page } from '../../parts/Page';
import { useDrop } from '../../state/drop';
import { useCurrentDropSetup } from '../../state/drop-setup';
import { showStep } from '../../state/first-run';
import { DestinationStep } from './DestinationStep';
import { DropStep } from './DropStep';
import { takeFirstGiven } from './first-drop';
import { leave } from './leave';
import { ProbeStep } from './ProbeStep';

/** Three steps that end with proof. Nothing waits for them: each can be skipped, all can be left, files are taken at once. */
export function FirstRunView() {
  const say = useText();
  useCurrentDropSetup();
  const given = useDrop((state) => state.given);
  useEffect(() => {
    if (given === null) return;
    showStep('drop');
    takeFirstGiven();
  }, [given]);
  return (
    <Page
      title={say('firstRun.title')}
      actions={
        <Button kind="quiet" onClick={leave}>
          {say('firstRun.skipAll')}
        </Button>
      }
    >
      <div className="flex max-w-3xl flex-col gap-4">
        <p className="text-muted">{say('firstRun.intro')}</p>
        <ol className="flex flex-col">
          <ProbeStep />
          <DestinationStep />
          <DropStep />
        </ol>
      </div>
    </Page>
  );
}
