import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useText } from '../../i18n/text';
import type { Draft } from '../../state/drafts';
import { goUp, type Route, useRoute } from '../../state/navigation';
import { tell } from '../../state/toasts';
import { Button } from '../Button';
import { Page } from '../Page';
import { FormContext } from './form-context';
import { LeaveQuestion } from './LeaveQuestion';
import { SaveBar } from './SaveBar';

/** What stands at no key is no mistake of these changes: saving can be tried again. */
const mistakesIn = ({ problems }: Draft) => problems.filter(({ path }) => path.length > 0).length;

/** A form over a draft: its fields scroll, its unsaved changes stay in sight, and nobody leaves without them by mistake. */
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
  const here = useRoute();
  const [place] = useState((): Route => (isInner ? here : { view: here.view, path: [] }));
  const save = async () => {
    const isSaved = await draft.save();
    if (isSaved) tell(say('form.saved', { file: draft.configuration.file }));
    return isSaved;
  };
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
      <LeaveQuestion unsaved={{ ...draft, mistakes: mistakesIn(draft), save }} place={place} name={title} />
      <SaveBar draft={draft} {...(onSaved === undefined ? {} : { onSaved })} />
    </Page>
  );
}
