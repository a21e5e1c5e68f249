import { Bookmark, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { messageOf } from '../../bridge';
import { useText } from '../../i18n/text';
import { Banner } from '../../parts/Banner';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { INPUT } from '../../parts/fields/FieldFrame';
import { TextField } from '../../parts/fields/TextField';
import { Menu } from '../../parts/Menu';
import type { Command } from '../../state/commands';
import { usePreferences } from '../../state/preferences';
import { EVERYTHING, type ResultsFilter } from './results-filter';
import { setFilter } from './results-store';
import { editViews, problemOf, type SavedView, saveView, type ViewEdit, viewNamed, viewsOf } from './saved-views';

type Shown = 'save' | 'manage' | null;

/** Filters that were given a name: show one, keep this one, rename and delete. */
export function SavedViewsMenu({ filter }: { readonly filter: ResultsFilter }) {
  const say = useText();
  const saved = usePreferences(({ preferences }) => preferences?.savedViews);
  const views = useMemo(() => viewsOf(saved ?? {}), [saved]);
  const [shown, setShown] = useState<Shown>(null);
  const group = say('results.views');
  const commands: Command[] = [
    { id: 'view.everything', title: say('results.everything'), group, run: () => setFilter(EVERYTHING) },
    ...views.map(({ name, filter: kept }) => ({
      id: `view.${name}`,
      title: name,
      group,
      run: () => setFilter(kept),
    })),
    { id: 'view-save', title: say('results.saveView'), group, run: () => setShown('save') },
    {
      id: 'view-manage',
      title: say('results.manageViews'),
      group,
      enabled: views.length > 0,
      run: () => setShown('manage'),
    },
  ];
  const close = () => setShown(null);
  return (
    <>
      <Menu commands={commands}>
        <Button icon={Bookmark} className="max-w-56">
          <span className="min-w-0 truncate">{viewNamed(views, filter) ?? say('results.views')}</span>
        </Button>
      </Menu>
      {shown === 'save' && <SaveDialog filter={filter} views={views} onClose={close} />}
      {shown === 'manage' && <ManageDialog views={views} onClose={close} />}
    </>
  );
}

interface DialogProps {
  readonly views: readonly SavedView[];
  readonly onClose: () => void;
}

function SaveDialog({ filter, views, onClose }: DialogProps & { readonly filter: ResultsFilter }) {
  const say = useText();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const trimmed = name.trim();
  const taken = views.some((view) => view.name === trimmed);
  const save = async () => {
    try {
      await saveView(trimmed, filter);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Dialog
      open
      title={say('results.saveViewTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('parts.cancel')}</Button>
          <Button kind="primary" disabled={trimmed === ''} onClick={() => void save()}>
            {say(taken ? 'results.replace' : 'results.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={say('parts.name')}
        description={taken ? say('results.viewTaken', { name: trimmed }) : say('results.saveViewHelp')}
        problem={problem}
        value={name}
        onChange={(text) => setName(text ?? '')}
      />
    </Dialog>
  );
}

function ManageDialog({ views, onClose }: DialogProps) {
  const say = useText();
  const [edits, setEdits] = useState<readonly ViewEdit[]>(() => views.map(({ name }) => ({ from: name, to: name })));
  const [failed, setFailed] = useState<string | null>(null);
  const wrong = problemOf(edits);
  const change = (at: number, to: string | null) =>
    setEdits(edits.map((edit, place) => (place === at ? { ...edit, to } : edit)));
  const save = async () => {
    try {
      await editViews(edits);
      onClose();
    } catch (error) {
      setFailed(messageOf(error));
    }
  };
  return (
    <Dialog
      open
      title={say('results.manageTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('parts.cancel')}</Button>
          <Button kind="primary" disabled={wrong !== null} onClick={() => void save()}>
            {say('results.save')}
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-2">
        {edits.map(({ from, to }, at) => (
          <li key={from} className="flex items-center gap-2">
            {to === null ? (
              <>
                <s className="min-w-0 flex-1 truncate text-muted">{from}</s>
                <Button onClick={() => change(at, from)}>{say('parts.undo')}</Button>
              </>
            ) : (
              <>
                <input
                  className={INPUT}
                  aria-label={say('results.viewName', { name: from })}
                  aria-invalid={wrong?.at === at}
                  value={to}
                  onChange={(event) => change(at, event.target.value)}
                />
                <Button
                  kind="quiet"
                  icon={Trash2}
                  aria-label={say('parts.remove', { name: from })}
                  onClick={() => change(at, null)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {wrong !== null && (
        <p role="alert" className="mt-2 text-infected">
          {say(wrong.kind === 'empty' ? 'results.nameEmpty' : 'results.nameTwice')}
        </p>
      )}
      {failed !== null && <Banner tone="infected">{failed}</Banner>}
    </Dialog>
  );
}
