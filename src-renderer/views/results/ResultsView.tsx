import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function ResultsView() {
  const say = useText();
  return (
    <Page title={say('view.results')}>
      <EmptyState title={say('results.empty')} />
    </Page>
  );
}
