import { useText } from '../../i18n/text';
import { EmptyState } from '../../parts/EmptyState';
import { Page } from '../../parts/Page';

export function ProbesView() {
  const say = useText();
  return (
    <Page title={say('view.probes')}>
      <EmptyState title={say('probes.empty')} />
    </Page>
  );
}
