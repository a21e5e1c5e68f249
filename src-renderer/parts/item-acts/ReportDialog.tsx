import { useState } from 'react';
import { messageOf } from '../../bridge';
import { safeFileName } from '../../format/paths';
import { useText } from '../../i18n/text';
import { nameOfItem } from '../../state/item-page';
import { exportReports, REPORT_FORMATS, type ReportFormat } from '../../state/report-export';
import { tell } from '../../state/toasts';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { Dialog } from '../Dialog';

/** Saves the reports of one file or many as one document. */
export function ReportDialog({ ids, onClose }: { readonly ids: readonly string[]; readonly onClose: () => void }) {
  const say = useText();
  const [format, setFormat] = useState<ReportFormat>('html');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const [only] = ids;
      const file = ids.length === 1 && only !== undefined ? await nameOfItem(only) : null;
      const name = file === null ? say('acts.reportsName', { count: ids.length }) : `${safeFileName(file)}.report`;
      if (!(await exportReports(ids, format, name))) return;
      tell(say('acts.reportsSaved', { count: ids.length, name: file ?? '' }));
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
      title={say('acts.reportsTitle', { count: ids.length })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('parts.cancel')}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void save()}>
            {say('acts.chooseWhere')}
          </Button>
        </>
      }
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">{say('acts.format')}</legend>
        {REPORT_FORMATS.map((each) => (
          <label key={each} className="flex items-baseline gap-2">
            <input
              type="radio"
              name="format"
              className="accent-accent"
              checked={format === each}
              onChange={() => setFormat(each)}
            />
            <span className="w-12 font-medium">{each.toUpperCase()}</span>
            <span className="text-muted">{say(`acts.format.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {problem !== null && (
        <div className="mt-3">
          <Banner tone="infected">{problem}</Banner>
        </div>
      )}
    </Dialog>
  );
}
