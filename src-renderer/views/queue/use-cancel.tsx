import { type ReactNode, useCallback, useState } from 'react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { act } from '../../state/act';
import { type Chosen, cancelChosen } from './queue-acts';

interface Asked {
  readonly chosen: Chosen;
  readonly files: number;
}

/** Cancels one file at once; before several it asks, with the safe button first. The dialog is to be drawn by the view. */
export function useCancel(): { readonly cancel: (chosen: Chosen, files: number) => void; readonly dialog: ReactNode } {
  const say = useText();
  const [asked, setAsked] = useState<Asked | null>(null);
  const cancel = useCallback((chosen: Chosen, files: number) => {
    if (files > 1) setAsked({ chosen, files });
    else act(() => cancelChosen(chosen));
  }, []);
  const close = () => setAsked(null);
  const dialog = asked !== null && (
    <Dialog
      open
      title={say('queue.cancelTitle', { count: asked.files })}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{say('queue.keepGoing')}</Button>
          <Button
            kind="danger"
            onClick={() => {
              close();
              act(() => cancelChosen(asked.chosen));
            }}
          >
            {say('queue.cancel')}
          </Button>
        </>
      }
    >
      <p>{say('queue.cancelHelp')}</p>
    </Dialog>
  );
  return { cancel, dialog };
}
