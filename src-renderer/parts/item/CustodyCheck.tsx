import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { Audit } from '../../../src-main/contract/ipc-schema';
import { engine, messageOf } from '../../bridge';
import { useText } from '../../i18n/text';
import { Button } from '../Button';
import { Spinner } from '../Spinner';

type Check =
  | { readonly kind: 'none' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly audit: Audit }
  | { readonly kind: 'failed'; readonly problem: string };

/** Checks the chain of the whole custody log, of which the time line is a part. */
export function CustodyCheck() {
  const say = useText();
  const [check, setCheck] = useState<Check>({ kind: 'none' });
  const run = async () => {
    setCheck({ kind: 'running' });
    try {
      setCheck({ kind: 'done', audit: await engine('audit-verify', {}) });
    } catch (error) {
      setCheck({ kind: 'failed', problem: messageOf(error) });
    }
  };
  if (check.kind === 'running') return <Spinner text={say('item.auditRunning')} />;
  if (check.kind === 'none')
    return (
      <Button kind="quiet" icon={ShieldCheck} className="mt-1 text-muted" onClick={() => void run()}>
        {say('item.audit')}
      </Button>
    );
  const failed = check.kind === 'failed';
  const problems = failed ? [check.problem] : check.audit.problems;
  return (
    <div role="status" className="mt-2">
      {!failed && check.audit.ok ? (
        <p className="flex items-center gap-1 text-clean">
          <ShieldCheck size={14} aria-hidden="true" className="shrink-0" />
          {say('item.auditGood', { count: check.audit.rows })}
        </p>
      ) : (
        <div className="text-infected">
          <p className="font-medium">{say(failed ? 'item.auditFailed' : 'item.auditBad')}</p>
          {problems.map((problem) => (
            <p key={problem} className="[overflow-wrap:anywhere]">
              <bdi>{say.told(problem)}</bdi>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
