import { useEffect, useState } from 'react';
import { messageOf } from '../../bridge';
import { useText } from '../../i18n/text';
import { nameOfItem } from '../../state/item-page';

const MOST = 5;

/** Which files an act is about: the first few by name. */
export function ItemNames({ ids }: { readonly ids: readonly string[] }) {
  const say = useText();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    Promise.all(ids.slice(0, MOST).map((id) => nameOfItem(id).catch((error: unknown) => messageOf(error)))).then(
      (read) => {
        if (!gone) setNames(read);
      },
      (error: unknown) => setNames([messageOf(error)]),
    );
    return () => {
      gone = true;
    };
  }, [ids]);
  return (
    <ul className="flex flex-col gap-0.5">
      {names.map((name, at) => (
        <li key={`${at} ${name}`} className="font-medium [overflow-wrap:anywhere]">
          <bdi>{name}</bdi>
        </li>
      ))}
      {ids.length > MOST && <li className="text-muted">{say('acts.andMore', { count: ids.length - MOST })}</li>}
    </ul>
  );
}
