import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function DropView() {
  const say = useText();
  return (
    <Page title={say('view.drop')}>
      <EmptyState title={say('drop.empty')} />
    </Page>
  );
}
