import { type ReactNode, useEffect, useRef } from 'react';
import { messageOf, pathsOf } from '../bridge';
import { pastedPaths } from '../format/pasted-paths';
import { visibleName } from '../format/visible-name';
import { currentText } from '../i18n/text';
import { giveToDrop, useDrop } from '../state/drop';
import { tellProblem } from '../state/toasts';
import { namedFiles } from './named-files';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

/** Files without a path on this computer are refused by name; the others are taken. */
function take(files: readonly File[]): void {
  if (files.length === 0) return;
  try {
    const paths = pathsOf(files);
    const nowhere = files.filter((_, at) => (paths[at] ?? '') === '').map(({ name }) => visibleName(name));
    const say = currentText();
    if (nowhere.length > 0)
      tellProblem(say('frame.noPath', { count: nowhere.length, names: namedFiles(say, nowhere) }));
    giveToDrop(paths.filter((path) => path !== ''));
  } catch (error) {
    tellProblem(messageOf(error));
  }
}

const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, [contenteditable=true], dialog') !== null;

/** Files of a clipboard, or the paths that its text names. */
function paste(event: ClipboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target)) return;
  const files = [...(event.clipboardData?.files ?? [])];
  const text = event.clipboardData?.getData('text/plain') ?? '';
  const paths = pastedPaths(text);
  if (files.length === 0 && text.trim() === '') return;
  event.preventDefault();
  if (paths.length > 0) giveToDrop(paths);
  else if (files.length > 0) take(files);
  else tellProblem(currentText()('frame.noPaths'));
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
    document.addEventListener('paste', paste, { signal: end.signal });
    return () => end.abort();
  }, []);
  return (
    <>
      {children}
      {over && <div className="pointer-events-none fixed inset-0 z-40">{overlay}</div>}
    </>
  );
}
