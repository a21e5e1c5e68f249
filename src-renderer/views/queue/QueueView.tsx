import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function QueueView() {
  const say = useText();
  return (
    <Page title={say('view.queue')}>
      <EmptyState title={say('queue.empty')} />
    </Page>
  );
}
