import { typeName } from '../format/type-name';
import { useText } from '../i18n/text';

/** The true type of a file, from its bytes, as people call it; on hover what the engine calls it. */
export function TypeBadge({
  mime,
  description,
}: {
  readonly mime: string | null;
  readonly description?: string | undefined;
}) {
  const say = useText();
  if (mime === null) return null;
  return (
    <span
      title={description === undefined ? mime : `${mime}: ${description}`}
      className="inline-flex h-5 max-w-56 min-w-0 items-center rounded-sm border border-line px-1.5 text-11 text-muted"
    >
      <bdi className="truncate">{typeName(say, mime)}</bdi>
    </span>
  );
}
