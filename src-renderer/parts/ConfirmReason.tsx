import { type ReactNode, useState } from 'react';
import { messageOf } from '../bridge';
import { useText } from '../i18n/text';
import { Banner } from './Banner';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { TextField } from './fields/TextField';

interface ConfirmReasonProps {
  readonly title: string;
  /** What will happen, with the names of the files. */
  readonly children?: ReactNode;
  /** The word of the button that does it: "Restore", "Delete". */
  readonly verb: string;
  readonly danger?: boolean;
  /** A problem is shown in the dialog, which then stays open. */
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for nothing but a reason before something that cannot be undone. Cancel is the button that Enter does not miss. */
export function ConfirmReason({ title, children, verb, danger = false, onConfirm, onClose }: ConfirmReasonProps) {
  const say = useText();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm(reason.trim());
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say(busy ? 'parts.close' : 'parts.cancel')}</Button>
          <Button
            kind={danger ? 'danger' : 'primary'}
            disabled={busy || reason.trim() === ''}
            title={reason.trim() === '' ? say('parts.reasonNeeded') : undefined}
            onClick={() => void confirm()}
          >
            {verb}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {children}
        <TextField
          label={say('parts.reason')}
          description={say('parts.reasonHelp')}
          value={reason}
          lines={2}
          onChange={(text) => setReason(text ?? '')}
        />
        {problem !== null && <Banner tone="infected">{problem}</Banner>}
      </div>
    </Dialog>
  );
}
