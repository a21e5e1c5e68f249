import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function SettingsView() {
  const say = useText();
  return (
    <Page title={say('view.settings')}>
      <EmptyState title={say('settings.empty')} />
    </Page>
  );
}
