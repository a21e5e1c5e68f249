import { useState } from 'react';
import { useText } from '../../i18n/text';
import type { SchemaNode } from '../../state/settings-schema';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { TextField } from '../fields/TextField';
import { isName } from './SchemaGroup';

/** Asks for the name of a new entry of `record`; it stays what it is, because other parts of the file use it. */
export function NameDialog({
  title,
  help,
  record,
  taken,
  onName,
  onClose,
}: {
  readonly title: string;
  readonly help: string;
  readonly record: SchemaNode;
  readonly taken: readonly string[];
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}) {
  const say = useText();
  const [draft, setDraft] = useState('');
  const name = draft.trim();
  const problem =
    name === ''
      ? null
      : taken.includes(name)
        ? say('form.nameTaken', { name })
        : isName(record, name)
          ? null
          : say('form.badName');
  const canAdd = name !== '' && problem === null;
  const add = () => {
    if (!canAdd) return;
    onClose();
    onName(name);
  };
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{say('parts.cancel')}</Button>
          <Button kind="primary" disabled={!canAdd} onClick={add}>
            {say('parts.add')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={say('parts.name')}
          description={help}
          problem={problem}
          value={draft}
          onChange={(text) => setDraft(text ?? '')}
        />
      </form>
    </Dialog>
  );
}
