import { useEffect, useState } from 'react';
import { useText } from '../../i18n/text';
import { go, keepHere, type Route } from '../../state/navigation';
import { Button } from '../Button';
import { Dialog } from '../Dialog';

/** Changes that a person made and has not saved. */
export interface Unsaved {
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  /** Fields that must be put right before they can be saved. */
  readonly mistakes: number;
  /** False when something is wrong; then it is said in the form. */
  save(): Promise<boolean>;
  discard(): void;
}

/** Asks what to do with unsaved changes before `place` is left for another. `name`: what was changed. */
export function LeaveQuestion({
  unsaved: { isChanged, isSaving, mistakes, save, discard },
  place,
  name,
}: {
  readonly unsaved: Unsaved;
  /** The same object as long as it is the same place. */
  readonly place: Route;
  readonly name: string;
}) {
  const say = useText();
  const [to, setTo] = useState<Route | null>(null);
  useEffect(() => (isChanged ? keepHere(place, setTo) : undefined), [isChanged, place]);
  const stay = () => setTo(null);
  const leave = () => {
    stay();
    if (to !== null) go(to.view, ...to.path);
  };
  const saveAndLeave = async () => {
    if (await save()) leave();
    else stay();
  };
  return (
    <Dialog
      open={to !== null && isChanged}
      title={say('form.leave')}
      onClose={stay}
      footer={
        <>
          <Button onClick={stay}>{say('form.stay')}</Button>
          <Button
            kind="danger"
            disabled={isSaving}
            onClick={() => {
              discard();
              leave();
            }}
          >
            {say('form.discard')}
          </Button>
          <Button kind="primary" disabled={isSaving || mistakes > 0} onClick={() => void saveAndLeave()}>
            {say(isSaving ? 'form.saving' : 'form.save')}
          </Button>
        </>
      }
    >
      <p>{say('form.leaveHelp', { place: name })}</p>
      {mistakes > 0 && <p className="mt-2 text-infected">{say('form.problems', { count: mistakes })}</p>}
    </Dialog>
  );
}
