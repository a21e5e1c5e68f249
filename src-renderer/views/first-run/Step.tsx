import { CircleCheck, CircleDashed, CircleSlash } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { Chip } from '../../parts/Chip';
import { cx } from '../../parts/class-names';
import { FIRST_STEPS, type FirstStep, goOnFrom, showStep, useFirstRun } from '../../state/first-run';
import { leave } from './leave';

const LOOKS = {
  open: { tone: 'waiting', icon: CircleDashed },
  proved: { tone: 'clean', icon: CircleCheck },
  skipped: { tone: 'waiting', icon: CircleSlash },
} as const;

/** One step: its number, title and what came of it; open, what it does and the way on. */
export function Step({ step, children }: { readonly step: FirstStep; readonly children: ReactNode }) {
  const say = useText();
  const id = useId();
  const isOpen = useFirstRun(({ current }) => current === step);
  const end = useFirstRun(({ ends }) => ends[step]);
  const title = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  // a step that is gone on to takes the focus, which was on a button that is no longer there
  useEffect(() => {
    if (isOpen && !wasOpen.current) title.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const goOn = () => {
    if (!goOnFrom(step)) leave();
  };
  return (
    <li className="border-b border-line last:border-0">
      <h2 className="flex">
        <button
          ref={title}
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => showStep(step)}
          className="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-sm py-2 pr-2 text-left -outline-offset-2 hover:bg-hover"
        >
          <span
            className={cx(
              'flex h-7 w-7 shrink-0 items-center justify-center rounded-full font-semibold',
              isOpen ? 'bg-accent text-on-accent' : 'border border-line-strong/60 text-muted',
            )}
          >
            {FIRST_STEPS.indexOf(step) + 1}
          </span>
          <span className="min-w-0 flex-1 text-15 font-semibold">{say(`firstRun.${step}`)}</span>
          {end !== 'open' && <Chip {...LOOKS[end]}>{say(`firstRun.end.${end}`)}</Chip>}
        </button>
      </h2>
      {isOpen && (
        <section id={id} aria-label={say(`firstRun.${step}`)} className="flex flex-col gap-3 pb-4 pl-10">
          <p className="text-muted [overflow-wrap:anywhere]">{say(`firstRun.help.${step}`)}</p>
          {children}
          <div className="flex flex-wrap gap-2 pt-1">
            <Button kind={end === 'proved' ? 'primary' : 'plain'} onClick={goOn}>
              {end === 'proved' ? say(step === 'drop' ? 'firstRun.finish' : 'firstRun.goOn') : say('firstRun.skip')}
            </Button>
          </div>
        </section>
      )}
    </li>
  );
}
