import { type ReactNode, useEffect, useRef } from 'react';
import { messageOf, pathsOf } from '../bridge';
import { currentText } from '../i18n/text';
import { useDrop } from '../state/drop';
import { go } from '../state/navigation';
import { tellProblem } from '../state/toasts';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

function take(files: readonly File[]): void {
  if (files.length === 0) return;
  try {
    const paths = pathsOf(files).filter((path) => path !== '');
    if (paths.length < files.length) tellProblem(currentText()('frame.noPath'));
    if (paths.length === 0) return;
    useDrop.setState({ given: paths });
    go('drop');
  } catch (error) {
    tellProblem(messageOf(error));
  }
}

/** The whole window takes files; `overlay` is shown while some hang over it, and knows how many from `useDrop`. */
export function DropTarget({ overlay, children }: { readonly overlay: ReactNode; readonly children: ReactNode }) {
  const over = useDrop((state) => state.over > 0);
  const depth = useRef(0);
  useEffect(() => {
    const end = new AbortController();
    const leave = () => {
      depth.current = 0;
      useDrop.setState({ over: 0 });
    };
    const on = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      document.addEventListener(name, act, { signal: end.signal });
    on('dragenter', (event) => {
      if (!holdsFiles(event)) return;
      depth.current += 1;
      useDrop.setState({ over: Math.max(1, event.dataTransfer?.items.length ?? 1) });
    });
    on('dragover', (event) => {
      if (holdsFiles(event)) event.preventDefault();
    });
    on('dragleave', (event) => {
      if (holdsFiles(event) && --depth.current <= 0) leave();
    });
    on('drop', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      leave();
      take([...(event.dataTransfer?.files ?? [])]);
    });
    document.addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        take(files);
      },
      { signal: end.signal },
    );
    return () => end.abort();
  }, []);
  return (
    <>
      {children}
      {over && <div className="pointer-events-none fixed inset-0 z-40">{overlay}</div>}
    </>
  );
}
