import { ExternalLink } from 'lucide-react';
import type { ItemPage } from '../../../src-main/contract/item-view';
import { shell } from '../../bridge';
import { useText } from '../../i18n/text';
import { act } from '../../state/act';
import { piecesOf } from './links';

/** What the person should do, one paragraph for each thing that was found. */
export function Guidance({ guidance }: { readonly guidance: ItemPage['guidance'] }) {
  const say = useText();
  if (guidance.length === 0) return null;
  return (
    <div className="mt-2 rounded-md bg-hover px-3 py-2">
      <h3 className="font-semibold">{say('parts.whatToDo')}</h3>
      {guidance.map(({ tag, title, guidance: text }) => (
        <p key={tag} className="mt-1 [overflow-wrap:anywhere]">
          <span className="font-medium">{title}.</span> <Linked text={text} />
        </p>
      ))}
    </div>
  );
}

function Linked({ text }: { readonly text: string }) {
  return piecesOf(text).map((piece, at) =>
    piece.link ? (
      <button
        key={`${at} ${piece.text}`}
        type="button"
        className="inline rounded-sm text-start text-accent underline hover:text-accent-hover"
        onClick={() => act(() => shell('open-link', { url: piece.text }))}
      >
        {piece.text}
        <ExternalLink size={12} aria-hidden="true" className="ms-1 inline" />
      </button>
    ) : (
      <span key={`${at} ${piece.text}`}>{piece.text}</span>
    ),
  );
}
