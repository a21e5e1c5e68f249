import { Search, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useText } from '../i18n/text';
import { type Command, useCommands } from '../state/commands';
import { Button } from './Button';

const CALM_MS = 200;

/** Looks for text; `/` comes here, Escape leaves. `onSearch` is told when the person pauses. */
export function SearchField({
  value,
  onSearch,
  placeholder,
}: {
  readonly value: string;
  readonly onSearch: (text: string) => void;
  readonly placeholder?: string;
}) {
  const say = useText();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSearch(text), CALM_MS);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  const commands = useMemo(
    (): Command[] => [
      {
        id: 'search',
        title: say('parts.search'),
        group: say('group.window'),
        keys: ['/'],
        run: () => field.current?.select(),
      },
    ],
    [say],
  );
  useCommands(commands);
  return (
    <div className="relative min-w-72 flex-1 basis-64">
      <Search size={15} aria-hidden="true" className="pointer-events-none absolute top-1.5 left-2 text-muted" />
      <input
        ref={field}
        type="search"
        aria-label={say('parts.search')}
        placeholder={placeholder ?? say('parts.search')}
        value={text}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key === 'Enter') onSearch(text);
        }}
        className="h-7 w-full rounded-sm border border-line-strong/60 bg-surface pr-8 pl-7 [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <Button
          kind="quiet"
          icon={X}
          aria-label={say('parts.clear')}
          className="absolute top-0 right-0"
          onClick={() => {
            setText('');
            onSearch('');
          }}
        />
      )}
    </div>
  );
}
