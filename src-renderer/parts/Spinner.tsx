import { LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useFormat } from '../format/use-format';
import { useText } from '../i18n/text';

const SECOND = 1000;

/** Something is being read. After a second it says for how long; where it is known how far, `text` says that instead. */
export function Spinner({ text }: { readonly text?: string }) {
  const say = useText();
  const format = useFormat();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), SECOND);
    return () => clearInterval(timer);
  }, []);
  const words =
    text ?? (seconds < 1 ? say('parts.loading') : say('parts.loadingFor', { time: format.duration(seconds * SECOND) }));
  return (
    <div role="status" className="flex items-center gap-2 p-4 text-muted">
      <LoaderCircle size={16} aria-hidden="true" className="animate-spin" />
      {words}
    </div>
  );
}
