import { useFormat } from '../format/use-format';
import { useText } from '../i18n/text';
import { useNow } from './use-now';

/** A size, with the exact number of bytes on hover. */
export function Bytes({ bytes }: { readonly bytes: number | null }) {
  const format = useFormat();
  const say = useText();
  if (bytes === null) return <span className="text-muted">{say('parts.notReal')}</span>;
  return <span title={format.byteCount(bytes)}>{format.bytes(bytes)}</span>;
}

const STEP_SECONDS = 10;

/** How long ago, the exact time on hover. `at`: ISO 8601 or milliseconds since 1970. */
export function RelativeTime({ at }: { readonly at: string | number }) {
  const format = useFormat();
  const now = useNow(STEP_SECONDS);
  const time = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time dateTime={new Date(time).toISOString()} title={format.exact(time)}>
      {format.relative(Math.min(time, now), now)}
    </time>
  );
}
