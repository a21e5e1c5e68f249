import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { dismiss, type Toast, UNDO_MS, useToasts } from '../../state/toasts';
import { Button } from '../Button';
import { cx } from '../class-names';
import { useNow } from '../use-now';

export function Toasts() {
  const say = useText();
  const toasts = useToasts((state) => state.toasts);
  return (
    <section
      aria-label={say('frame.toasts')}
      className="pointer-events-none fixed right-4 bottom-24 z-30 flex w-[min(420px,calc(100%-32px))] flex-col gap-2"
    >
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function OneToast({ toast }: { readonly toast: Toast }) {
  const say = useText();
  const Icon = toast.kind === 'done' ? CircleCheck : TriangleAlert;
  return (
    <div
      role={toast.kind === 'done' ? 'status' : 'alert'}
      className="pointer-events-auto flex items-start gap-2 rounded-md border border-line bg-raised py-2 pr-2 pl-3 shadow-float"
    >
      <Icon
        size={16}
        aria-hidden="true"
        className={cx('mt-1.5 shrink-0', toast.kind === 'done' ? 'text-clean' : 'text-infected')}
      />
      <p className="max-h-32 min-w-0 flex-1 overflow-auto py-1 [overflow-wrap:anywhere]">{toast.text}</p>
      {toast.undo !== null && (
        <Button onClick={toast.undo}>
          {say('parts.undo')} {toast.until !== null && <TimeLeft until={toast.until} />}
        </Button>
      )}
      {toast.undo === null && (
        <Button kind="quiet" icon={X} aria-label={say('parts.close')} onClick={() => dismiss(toast.id)} />
      )}
    </div>
  );
}

function TimeLeft({ until }: { readonly until: number }) {
  const format = useFormat();
  const left = Math.max(0, Math.min(UNDO_MS, until - useNow()));
  return <span className="text-muted">{format.duration(Math.ceil(left / 1000) * 1000)}</span>;
}
