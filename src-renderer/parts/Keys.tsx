const SIGNS: Readonly<Record<string, string>> = {
  Delete: 'Del',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Space: 'Space',
};

/** Keys as they stand on a keyboard. */
export function Keys({ names }: { readonly names: readonly string[] }) {
  return (
    <span className="flex shrink-0 gap-1.5 text-11 text-muted">
      {names.map((name) => (
        <kbd key={name} className="rounded-sm border border-line bg-ground px-1.5 font-sans leading-[18px]">
          {name
            .split('+')
            .map((part) => SIGNS[part] ?? (part.length === 1 && name.length > 1 ? part.toUpperCase() : part))
            .join(' ')}
        </kbd>
      ))}
    </span>
  );
}
