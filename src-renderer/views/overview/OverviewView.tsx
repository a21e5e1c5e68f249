import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function OverviewView() {
  const say = useText();
  return (
    <Page title={say('view.overview')}>
      <EmptyState title={say('overview.empty')} />
    </Page>
  );
}
