import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function FirstRunView() {
  const say = useText();
  return (
    <Page title={say('firstRun.empty')}>
      <EmptyState title={say('drop.title')} />
    </Page>
  );
}
