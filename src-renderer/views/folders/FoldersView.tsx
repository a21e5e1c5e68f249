import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function FoldersView() {
  const say = useText();
  return (
    <Page title={say('view.folders')}>
      <EmptyState title={say('folders.empty')} />
    </Page>
  );
}
