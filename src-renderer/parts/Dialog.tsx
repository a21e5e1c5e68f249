import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useText } from '../i18n/text';
import { Button } from './Button';
import { cx } from './class-names';
import { OverlayContainer } from './overlay-container';

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** Buttons at the end, the safe one first in the order of the keyboard. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A modal dialog: the platform's own, so that focus stays inside, Escape closes it, and the page behind is inert
 * without a style element that the page's policy would refuse.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

/** Not the close button of the title: what the dialog is about. */
const FIRST_FOCUS =
  ':is([data-dialog-body], footer) :is(input, textarea, select, button, [tabindex="0"]):not(:disabled)';

function OpenDialog({ title, onClose, wide = false, footer, children }: Omit<DialogProps, 'open'>) {
  const say = useText();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    element.showModal();
    element.querySelector<HTMLElement>(FIRST_FOCUS)?.focus();
    setContainer(element);
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className={cx(
        'm-auto max-h-[calc(100%-32px)] w-full flex-col rounded-lg border border-line bg-raised p-0 text-text shadow-float open:flex',
        wide ? 'max-w-[min(880px,calc(100%-32px))]' : 'max-w-[min(480px,calc(100%-32px))]',
      )}
    >
      <OverlayContainer value={container}>
        <header className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
          <h2 id={titleId} className="min-w-0 flex-1 text-15 font-semibold">
            {title}
          </h2>
          <Button kind="quiet" icon={X} aria-label={say('parts.close')} onClick={onClose} />
        </header>
        <div data-dialog-body className="min-h-0 flex-1 overflow-auto p-4">
          {children}
        </div>
        {footer !== undefined && (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>
        )}
      </OverlayContainer>
    </dialog>
  );
}
