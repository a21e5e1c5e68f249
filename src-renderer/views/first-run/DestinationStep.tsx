import { isolated, visibleName } from '../../format/visible-name';
import { currentText, useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { ConnectionTest } from '../../parts/destination/ConnectionTest';
import type { foundChanges } from '../../parts/destination/found-changes';
import { Loaded } from '../../parts/form/Loaded';
import { act } from '../../state/act';
import {
  type Configuration,
  readConfiguration,
  useConfiguration,
  useConfigurationStore,
  writeChanges,
} from '../../state/configuration';
import { useDropSetup } from '../../state/drop-setup';
import { tellStep } from '../../state/first-run';
import { go } from '../../state/navigation';
import { valueAt } from '../../state/settings-tree';
import { tell, tellProblem } from '../../state/toasts';
import { Step } from './Step';

/** The destination of the profile that drops are gated with takes a probe object and gives it back. */
export function DestinationStep() {
  return (
    <Step step="destination">
      <DestinationTest />
    </Step>
  );
}

function DestinationTest() {
  const { configuration, problem } = useConfiguration();
  return (
    <Loaded value={configuration} problem={problem} onRetry={() => void readConfiguration()}>
      {(known) => <Test configuration={known} />}
    </Loaded>
  );
}

function Test({ configuration }: { readonly configuration: Configuration }) {
  const say = useText();
  const profile = useDropSetup((state) => state.profile);
  const name = valueAt(configuration.effective, ['profiles', profile, 'destination']);
  const destination = typeof name === 'string' ? valueAt(configuration.effective, ['destinations', name]) : undefined;
  if (typeof name !== 'string' || destination === undefined)
    return (
      <Banner
        tone="suspicious"
        actions={<Button onClick={() => go('profiles', profile)}>{say('drop.openProfiles')}</Button>}
      >
        {say('drop.refuse.destination', { profile: isolated(visibleName(profile)) })}
      </Banner>
    );
  return (
    <>
      <p className="[overflow-wrap:anywhere]">
        {say('firstRun.destinationIs', {
          profile: isolated(visibleName(profile)),
          destination: isolated(visibleName(name)),
        })}
      </p>
      <ConnectionTest
        destination={destination}
        onTested={(ok) => tellStep('destination', ok)}
        onTakeOver={(changes) => act(() => takeOver(name, changes), visibleName(name))}
      />
      <Button kind="quiet" className="self-start" onClick={() => go('destinations')}>
        {say('firstRun.otherDestination')}
      </Button>
    </>
  );
}

/** Writes the settings that the test found to work. Throws CallError. */
async function takeOver(name: string, changes: ReturnType<typeof foundChanges>): Promise<void> {
  const say = currentText();
  const problems = await writeChanges(changes.map(({ key, value }) => ({ path: ['destinations', name, key], value })));
  const file = useConfigurationStore.getState().configuration?.file ?? 'dropgate.yaml';
  if (problems.length === 0) tell(say('form.saved', { file: isolated(visibleName(file)) }));
  else tellProblem(`${visibleName(name)}: ${problems.map(({ text }) => text).join(' ')}`);
}
