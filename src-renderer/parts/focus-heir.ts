import { useLayoutEffect, useRef } from 'react';

const FOCUSABLE = 'button:not(:disabled), a[href]';

/**
 * For an entry of a list that may leave while it has the focus: the next one gets it, else the one before, else the
 * view, so that the keyboard goes on where it was. The ref goes to an element inside the entry's `li`.
 */
export function useFocusHeir() {
  const inside = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const entry = inside.current?.closest('li') ?? null;
    return () => {
      if (entry !== null && hasFocus(entry)) heirOf(entry)?.focus();
    };
  }, []);
  return inside;
}

/** The entry, or the menu that it opened; also when that was closed this moment, and nobody has the focus. */
function hasFocus(entry: Element): boolean {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body) return true;
  const opener = activeElement.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? null;
  return entry.contains(opener === null ? activeElement : document.getElementById(opener));
}

function heirOf(entry: Element): HTMLElement | null {
  const { nextElementSibling, previousElementSibling } = entry;
  const near = [nextElementSibling, previousElementSibling].flatMap(
    (other) => other?.querySelector<HTMLElement>(FOCUSABLE) ?? [],
  );
  const others = entry.closest('section')?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [];
  return near[0] ?? [...others].find((other) => !entry.contains(other)) ?? null;
}
