import { FileUp, FolderUp, Upload } from 'lucide-react';
import { useId } from 'react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { WhoSees } from '../../parts/drop/WhoSees';
import { useDropPlan, useDropSetup } from '../../state/drop-setup';
import { usePreferences } from '../../state/preferences';
import { usePulse } from '../../state/pulse';
import { choose } from './use-drop-commands';

/** The invitation: what to do, what will happen to the files, and the other ways to hand them over. */
export function DropPanel() {
  const say = useText();
  const closed = usePulse((pulse) => pulse?.gate.open === false);
  const mac = usePreferences(({ about }) => about?.platform === 'darwin');
  return (
    <section className="flex flex-col items-center gap-3 rounded-lg border-2 border-dashed border-line-strong/60 bg-surface px-6 py-8 text-center">
      <Upload size={32} aria-hidden="true" className="text-accent" />
      <h2 className="text-15 font-semibold">{say('drop.title')}</h2>
      <Plan />
      {closed && <p className="font-medium text-suspicious">{say('drop.gateClosed')}</p>}
      <div className="flex flex-wrap items-center justify-center gap-2 pt-1">
        <Button kind="primary" icon={FileUp} onClick={() => choose('files')}>
          {say('drop.chooseFiles')}
        </Button>
        <Button icon={FolderUp} onClick={() => choose('folder')}>
          {say('drop.chooseFolder')}
        </Button>
        <span className="text-muted">{say('drop.paste', { keys: mac ? '⌘V' : 'Ctrl+V' })}</span>
      </div>
      <ProfilePicker />
    </section>
  );
}

function Plan() {
  const say = useText();
  const plan = useDropPlan();
  return (
    <div className="flex max-w-2xl flex-col items-center gap-2 [overflow-wrap:anywhere]">
      <p className="text-muted">
        {plan.destination === null
          ? say('drop.planUnknown')
          : say('drop.plan', { count: plan.probes, destination: plan.destination })}{' '}
        {say('drop.rest')}
      </p>
      <ul className="text-left font-medium">
        <WhoSees plan={plan} />
      </ul>
    </div>
  );
}

/** Which profile the next files are gated with. */
function ProfilePicker() {
  const say = useText();
  const id = useId();
  const setup = useDropSetup((state) => state.setup);
  const profile = useDropSetup((state) => state.profile);
  if (setup === null || setup.profiles.length < 2) return null;
  return (
    <div className="flex max-w-full items-center gap-2">
      <label htmlFor={id} className="text-muted">
        {say('drop.profile')}
      </label>
      <select
        id={id}
        value={profile}
        onChange={(event) => useDropSetup.setState({ profile: event.target.value })}
        className="h-7 max-w-80 min-w-40 rounded-sm border border-line-strong/60 bg-surface px-1"
      >
        {setup.profiles.map((each) => (
          <option key={each.id} value={each.id}>
            {each.id}
          </option>
        ))}
      </select>
    </div>
  );
}
