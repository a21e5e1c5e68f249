import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function DestinationsView() {
  const say = useText();
  return (
    <Page title={say('view.destinations')}>
      <EmptyState title={say('destinations.empty')} />
    </Page>
  );
}
