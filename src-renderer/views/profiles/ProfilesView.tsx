import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function ProfilesView() {
  const say = useText();
  return (
    <Page title={say('view.profiles')}>
      <EmptyState title={say('profiles.empty')} />
    </Page>
  );
}
