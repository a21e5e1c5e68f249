import { nameOfPath } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { pauseAll } from '../../state/connection';
import { type NotTaken, useRefusal } from '../../state/drop-setup';
import { go } from '../../state/navigation';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { namedFiles } from '../named-files';
import { refusalWords } from './refusal-words';

/** Files that were not taken, by name, with the reason and the button that helps; else why none would be taken now. */
export function NotTakenBanner({
  notTaken,
  onAgain,
  onForget,
}: {
  readonly notTaken: NotTaken | null;
  readonly onAgain: () => void;
  readonly onForget?: () => void;
}) {
  const say = useText();
  const refusal = useRefusal();
  if (notTaken === null) {
    if (refusal === null) return null;
    return (
      <Banner tone="suspicious" actions={<Help why={refusal} />}>
        {refusalWords(say, refusal)}
      </Banner>
    );
  }
  const { paths, why } = notTaken;
  const names = namedFiles(say, paths.map(nameOfPath));
  return (
    <Banner
      tone="infected"
      actions={
        <>
          {refusal === null ? (
            <Button kind="primary" onClick={onAgain}>
              {say('drop.again')}
            </Button>
          ) : (
            <Help why={refusal} />
          )}
          {onForget !== undefined && <Button onClick={onForget}>{say('drop.forget')}</Button>}
        </>
      }
    >
      {say('drop.notTaken', { count: paths.length, names, reason: refusalWords(say, why) })}
    </Banner>
  );
}

/** The engine has its own banner, with its own button. */
function Help({ why }: { readonly why: NotTaken['why'] }) {
  const say = useText();
  if (why.kind === 'paused')
    return (
      <Button kind="primary" onClick={() => act(() => pauseAll(false))}>
        {say('frame.resume')}
      </Button>
    );
  if (why.kind === 'destination')
    return <Button onClick={() => go('profiles', why.profile)}>{say('drop.openProfiles')}</Button>;
  return null;
}
