import { commandOf, keyNameOf } from './commands';

const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]';
/** What uses Enter and Space itself. */
const PRESSABLE = 'button, a[href], summary, input, [role=menuitem], [role=tab], [role=option], [role=switch]';

/** Whether the element under the focus wants this key for itself. */
export function keepsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, [role=menu], [role=listbox]') !== null) return true;
  if (target.closest(TYPING) !== null)
    return !key.startsWith('Ctrl+') || ['Ctrl+a', 'Ctrl+c', 'Ctrl+x', 'Ctrl+v', 'Ctrl+z'].includes(key);
  if (target.closest('[role=tab]') !== null && key.startsWith('Arrow')) return true;
  return (key === 'Enter' || key === 'Space') && target.closest(PRESSABLE) !== null;
}

/** Runs the commands that keys mean, from now on; answers with the function that ends it. */
export function followKeys(): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (keepsKey(event.target, keyNameOf(event))) return;
    const command = commandOf(event);
    if (command === null) return;
    event.preventDefault();
    command.run();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
