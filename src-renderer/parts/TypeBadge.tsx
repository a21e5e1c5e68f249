/** The true type of a file, from its bytes. */
export function TypeBadge({
  mime,
  description,
}: {
  readonly mime: string | null;
  readonly description?: string | undefined;
}) {
  if (mime === null) return null;
  return (
    <span
      title={mime}
      className="inline-flex h-5 max-w-56 min-w-0 items-center rounded-sm border border-line px-1.5 text-11 text-muted"
    >
      <bdi className="truncate">{description ?? shortOf(mime)}</bdi>
    </span>
  );
}

/** `application/x-dosexec` is `dosexec`. */
function shortOf(mime: string): string {
  return mime
    .replace(/^[^/]*\//, '')
    .replace(/^x-/, '')
    .replace(/^vnd\.openxmlformats-officedocument\./, '');
}
