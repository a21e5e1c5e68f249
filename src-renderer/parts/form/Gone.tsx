import { ArrowLeft, FileX } from 'lucide-react';
import { visibleName } from '../../format/visible-name';
import { useText } from '../../i18n/text';
import { goUp } from '../../state/navigation';
import { Button } from '../Button';
import { EmptyState } from '../EmptyState';
import { Page } from '../Page';

/** An address names an entry that dropgate.yaml does not have. */
export function Gone({ name }: { readonly name: string }) {
  const say = useText();
  return (
    <Page title={visibleName(name)}>
      <EmptyState icon={FileX} title={say('form.gone', { name: visibleName(name) })}>
        <Button icon={ArrowLeft} onClick={() => goUp()}>
          {say('form.back')}
        </Button>
      </EmptyState>
    </Page>
  );
}
