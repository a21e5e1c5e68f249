import { Inbox } from 'lucide-react';
import { useText } from '../../i18n/text';
import { Button } from '../../parts/Button';
import { EmptyState } from '../../parts/EmptyState';
import { go } from '../../state/navigation';

/** The queue is empty: how files come into it. */
export function NothingMoves() {
  const say = useText();
  return (
    <EmptyState icon={Inbox} title={say('queue.empty')}>
      <p>{say('queue.emptyHelp')}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Button kind="primary" onClick={() => go('drop')}>
          {say('queue.goDrop')}
        </Button>
        <Button onClick={() => go('folders')}>{say('queue.goFolders')}</Button>
      </div>
    </EmptyState>
  );
}
