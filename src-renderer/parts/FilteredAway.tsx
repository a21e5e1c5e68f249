import { SearchX } from 'lucide-react';
import { useText } from '../i18n/text';
import { Button } from './Button';
import { EmptyState } from './EmptyState';

/** Nothing is shown, because of a filter: says which one, and takes it away. */
export function FilteredAway({ filter, onClear }: { readonly filter: string; readonly onClear: () => void }) {
  const say = useText();
  return (
    <EmptyState icon={SearchX} title={say('table.filteredAway', { filter })}>
      <Button onClick={onClear}>{say('table.clearFilter')}</Button>
    </EmptyState>
  );
}
