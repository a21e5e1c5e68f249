import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useText } from '../../i18n/text';
import type { Draft } from '../../state/drafts';
import { goUp } from '../../state/navigation';
import { Button } from '../Button';
import { Page } from '../Page';
import { FormContext } from './form-context';
import { SaveBar } from './SaveBar';

/** A form over a draft: its fields scroll, its unsaved changes stay in sight. */
export function FormPage({
  title,
  draft,
  search = '',
  actions,
  toolbar,
  isInner = true,
  onSaved,
  children,
}: {
  readonly title: string;
  readonly draft: Draft;
  readonly search?: string;
  readonly actions?: ReactNode;
  readonly toolbar?: ReactNode;
  /** It lies behind a list, and one can go back to that. */
  readonly isInner?: boolean;
  readonly onSaved?: () => void;
  readonly children: ReactNode;
}) {
  const say = useText();
  const form = useMemo(() => ({ draft, search }), [draft, search]);
  const back = (
    <Button kind="quiet" icon={ArrowLeft} onClick={() => goUp()}>
      {say('form.back')}
    </Button>
  );
  return (
    <Page
      full
      title={title}
      actions={
        <>
          {isInner && back}
          {actions}
        </>
      }
      toolbar={toolbar}
    >
      <div className="min-h-0 flex-1 overflow-auto px-4 pt-1 pb-6">
        <div className="flex max-w-180 flex-col gap-6">
          <FormContext value={form}>{children}</FormContext>
        </div>
      </div>
      <SaveBar draft={draft} {...(onSaved === undefined ? {} : { onSaved })} />
    </Page>
  );
}
