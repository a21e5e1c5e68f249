import { useLayoutEffect, useRef } from 'react';

const FOCUSABLE = 'button:not(:disabled), a[href]';
/** What floats above the page, and leaves the person where they were when it closes. */
const ABOVE = '[role=menu], dialog';
/** Events by which a person goes from one place of the page to another. */
const GOING = ['focusin', 'pointerdown', 'contextmenu'] as const;

/**
 * For an entry of a list that may leave while it has the focus, and only then: the next one gets it, else the one before,
 * else the view, so that the keyboard goes on where it was. The ref goes to an element inside the entry's `li`.
 */
export function useFocusHeir() {
  const inside = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const entry = inside.current?.closest('li') ?? null;
    if (entry === null) return;
    // learned from events, since in the moment in which it leaves nobody may have the focus: a menu or a dialog has just
    // closed, or the button that was pressed is disabled
    let isHolder = false;
    const follow = (event: Event) => {
      isHolder = takesFocus(entry, event) ?? isHolder;
    };
    for (const type of GOING) document.addEventListener(type, follow, true);
    return () => {
      for (const type of GOING) document.removeEventListener(type, follow, true);
      if (isHolder) heirOf(entry)?.focus();
    };
  }, []);
  return inside;
}

/**
 * Whether the focus is in the entry after one of these events, or will come back to it from its menu; null for an event
 * above the page, which changes nothing of that. A press beside all that can have the focus takes it away.
 */
function takesFocus(entry: Element, { type, target }: Event): boolean | null {
  if (!(target instanceof Element)) return false;
  if (target.closest(ABOVE) !== null) return null;
  const place = type === 'pointerdown' ? target.closest(`${FOCUSABLE}, :focus`) : target;
  return place !== null && entry.contains(place);
}

function heirOf(entry: Element): HTMLElement | null {
  const { nextElementSibling, previousElementSibling } = entry;
  const near = [nextElementSibling, previousElementSibling].flatMap(
    (other) => other?.querySelector<HTMLElement>(FOCUSABLE) ?? [],
  );
  const others = entry.closest('section')?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [];
  return near[0] ?? [...others].find((other) => !entry.contains(other)) ?? null;
}
