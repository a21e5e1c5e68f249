import { useEffect, useState } from 'react';
import type { Pulse } from '../../../src-main/contract/pulse';
import { currentText } from '../../i18n/text';
import { announcementOf } from '../../state/announcement';
import { onPulse } from '../../state/pulse';

const CALM_MS = 5_000;

/** Tells screen readers, at most every five seconds, how many files ended with which verdicts, and the gate's changes. */
export function LiveRegion() {
  const [words, setWords] = useState('');
  useEffect(() => {
    let told: Pulse | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let newest: Pulse | null = null;
    const tell = () => {
      timer = null;
      const announcement = announcementOf(currentText(), told, newest);
      if (announcement !== '') setWords(announcement);
      told = newest;
    };
    const end = onPulse((now) => {
      newest = now ?? newest;
      told ??= newest;
      timer ??= setTimeout(tell, CALM_MS);
    });
    return () => {
      end();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}
