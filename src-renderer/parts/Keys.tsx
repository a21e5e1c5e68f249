import { type Say, useText } from '../i18n/text';

const NAMED = ['Delete', 'Escape', 'Enter', 'Space', 'Home', 'End', 'PageUp', 'PageDown', 'Shift'] as const;
const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓' };

/** `Ctrl+k` as it stands on a keyboard of the window's language: `Ctrl K`. */
function keyWords(say: Say, name: string): string {
  return name
    .split('+')
    .map((part) => {
      const named = NAMED.find((key) => key === part);
      if (named !== undefined) return say(`key.${named}`);
      return SIGNS[part] ?? (part.length === 1 && name.length > 1 ? part.toUpperCase() : part);
    })
    .join(' ');
}

/** Keys as they stand on a keyboard. */
export function Keys({ names }: { readonly names: readonly string[] }) {
  const say = useText();
  return (
    <span className="flex shrink-0 gap-1.5 text-11 text-muted">
      {names.map((name) => (
        <kbd key={name} className="rounded-sm border border-line bg-ground px-1.5 font-sans leading-[18px]">
          {keyWords(say, name)}
        </kbd>
      ))}
    </span>
  );
}
