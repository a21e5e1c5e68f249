import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function QuarantineView() {
  const say = useText();
  return (
    <Page title={say('view.quarantine')}>
      <EmptyState title={say('quarantine.empty')} />
    </Page>
  );
}
