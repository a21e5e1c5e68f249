import { CircleCheck, CircleX, PlugZap } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { IpcParams, IpcResult } from '../../../src-main/contract/ipc-schema';
import { engine, messageOf } from '../../bridge';
import { useText } from '../../i18n/text';
import { readDestinations } from '../../state/destination-health';
import { isKeyed, type Json } from '../../state/settings-tree';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { useSchemaWords } from '../form/schema-words';
import { Spinner } from '../Spinner';
import { foundChanges } from './found-changes';

type Destination = IpcParams<'destination-test'>['destination'];
type Outcome = IpcResult<'destination-test'>;

/** Enough to hand it to the engine, which checks the rest. */
function isDestination(value: Json | undefined): value is Json & Destination {
  return isKeyed(value) && (value.kind === 'folder' || value.kind === 's3');
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'testing' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'told'; readonly outcome: Outcome; readonly tried: Json };

/** Tries a destination as it stands in a form, tells every step, and offers to take over the settings that work. */
export function ConnectionTest({
  destination,
  canTest = true,
  onTakeOver,
  onTested,
}: {
  readonly destination: Json | undefined;
  readonly canTest?: boolean;
  readonly onTakeOver?: (changes: ReturnType<typeof foundChanges>) => void;
  readonly onTested?: (ok: boolean) => void;
}) {
  const say = useText();
  const [state, setState] = useState<State>({ kind: 'idle' });
  const number = useRef(0);
  useEffect(
    () => () => {
      number.current = -1;
    },
    [],
  );
  const test = async () => {
    if (!isDestination(destination)) return;
    number.current += 1;
    const mine = number.current;
    setState({ kind: 'testing' });
    try {
      const outcome = await engine('destination-test', { destination });
      if (mine !== number.current) return;
      setState({ kind: 'told', outcome, tried: destination });
      onTested?.(outcome.ok);
      void readDestinations();
    } catch (error) {
      if (mine === number.current) setState({ kind: 'failed', problem: messageOf(error) });
    }
  };
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      <Button
        icon={PlugZap}
        className="self-start"
        disabled={!canTest || state.kind === 'testing' || !isDestination(destination)}
        onClick={() => void test()}
      >
        {say('destinations.test')}
      </Button>
      {state.kind === 'testing' && <Spinner />}
      {state.kind === 'failed' && (
        <Banner tone="infected">{say('destinations.testFailed', { problem: state.problem })}</Banner>
      )}
      {state.kind === 'told' && <Told outcome={state.outcome} current={destination} onTakeOver={onTakeOver} />}
    </div>
  );
}

function Told({
  outcome,
  current,
  onTakeOver,
}: {
  readonly outcome: Outcome;
  readonly current: Json | undefined;
  readonly onTakeOver: ((changes: ReturnType<typeof foundChanges>) => void) | undefined;
}) {
  const say = useText();
  const words = useSchemaWords();
  const changes = outcome.ok ? foundChanges(current, outcome.found) : [];
  const named = (value: string | boolean) =>
    typeof value === 'boolean' ? say(value ? 'parts.on' : 'parts.off') : words.value(value);
  const settings = changes.map(({ key, title, value }) => `${words.text(title ?? key)}: ${named(value)}`).join(', ');
  return (
    <>
      <ol className="flex flex-col gap-2">
        {outcome.steps.map(({ name, ok, detail }) => (
          <li key={name} className="flex items-start gap-2">
            {ok ? (
              <CircleCheck size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-clean" />
            ) : (
              <CircleX size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-infected" />
            )}
            <div className="min-w-0">
              <p className="font-medium">
                {say(`destinationStep.${name}`)}: {say(ok ? 'destinations.stepWorks' : 'destinations.stepFails')}
              </p>
              <p className="text-11 text-muted [overflow-wrap:anywhere]">
                <bdi>{say.told(detail)}</bdi>
              </p>
            </div>
          </li>
        ))}
      </ol>
      <Banner
        tone={outcome.ok ? 'clean' : 'infected'}
        actions={
          changes.length > 0 &&
          onTakeOver !== undefined && (
            <Button kind="primary" onClick={() => onTakeOver(changes)}>
              {say('destinations.takeOver')}
            </Button>
          )
        }
      >
        {outcome.ok
          ? changes.length > 0
            ? say('destinations.worksWith', { settings })
            : say('destinations.works')
          : say('destinations.worksNot')}
      </Banner>
    </>
  );
}
