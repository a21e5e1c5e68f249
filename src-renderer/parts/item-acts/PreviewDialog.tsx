import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { engine, messageOf } from '../../bridge';
import { fromBase64 } from '../../format/paths';
import { useFormat } from '../../format/use-format';
import { useText } from '../../i18n/text';
import { nameOfItem } from '../../state/item-page';
import { Banner } from '../Banner';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { INPUT } from '../fields/FieldFrame';
import { Spinner } from '../Spinner';
import { Tabs } from '../Tabs';
import { hexLines, offsetOf, stringsOf, textOf } from './bytes-view';

const PAGE = 16_384;

interface Piece {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly size: number;
}

/** The last place that begins a page. */
const lastPage = (size: number) => Math.max(0, Math.floor((size - 1) / PAGE) * PAGE);

/** A kept file's bytes, page by page, as text: nothing is executed and nothing is handed to the system. */
export function PreviewDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const say = useText();
  const [name, setName] = useState('');
  // asked for once more, the same place is read again
  const [wanted, setWanted] = useState({ offset: 0 });
  const [piece, setPiece] = useState<Piece | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tab, setTab] = useState('hex');
  useEffect(() => {
    nameOfItem(id).then(setName, (error: unknown) => setProblem(messageOf(error)));
  }, [id]);
  useEffect(() => {
    let gone = false;
    const { offset } = wanted;
    engine('preview', { id, offset, length: PAGE }).then(
      ({ bytes, size }) => {
        if (gone) return;
        setPiece({ bytes: fromBase64(bytes), offset, size });
        setProblem(null);
      },
      (error: unknown) => {
        if (!gone) setProblem(messageOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [id, wanted]);
  const shown = (text: string, wraps: boolean) => (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      dir="ltr"
      className={`h-[min(52vh,520px)] overflow-auto rounded-sm border border-line bg-ground p-2 text-11 ${wraps ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : 'whitespace-pre'}`}
    >
      {text === '' ? say('preview.nothing') : text}
    </pre>
  );
  return (
    <Dialog open wide title={say('preview.title', { name })} onClose={onClose}>
      <div className="flex flex-col gap-3">
        {problem !== null && (
          <Banner
            tone="infected"
            actions={<Button onClick={() => setWanted({ ...wanted })}>{say('parts.retry')}</Button>}
          >
            {say('parts.loadFailed', { problem })}
          </Banner>
        )}
        {piece === null && problem === null && <Spinner />}
        {piece !== null && (
          <>
            <Tabs
              label={say('preview.as')}
              current={tab}
              onChange={setTab}
              tabs={[
                { id: 'hex', title: say('preview.hex'), content: shown(hexLines(piece.bytes, piece.offset), false) },
                {
                  id: 'strings',
                  title: say('preview.strings'),
                  content: shown(stringsOf(piece.bytes, piece.offset), true),
                },
                { id: 'text', title: say('preview.text'), content: shown(textOf(piece.bytes), true) },
              ]}
            />
            <Pager piece={piece} onGo={(offset) => setWanted({ offset })} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Pager({ piece, onGo }: { readonly piece: Piece; readonly onGo: (offset: number) => void }) {
  const say = useText();
  const format = useFormat();
  const [wanted, setWanted] = useState('');
  const { offset, size, bytes } = piece;
  const end = offset + bytes.length;
  const place = offsetOf(wanted);
  const wrong = wanted !== '' && (place === null || place >= size);
  const goTo = () => {
    if (place !== null && place < size) onGo(Math.floor(place / 16) * 16);
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span role="status" className="min-w-40 flex-1">
        {size === 0
          ? say('preview.empty')
          : say('preview.range', { from: format.count(offset), to: format.count(end - 1), size: format.bytes(size) })}
      </span>
      <label className="flex items-center gap-2 whitespace-nowrap">
        {say('preview.goTo')}
        <input
          className={`${INPUT} max-w-28 font-mono`}
          placeholder="0x1000"
          value={wanted}
          aria-invalid={wrong}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') goTo();
          }}
        />
      </label>
      {wrong && <span className="text-infected">{say('preview.outside', { size: format.count(size) })}</span>}
      <Button
        icon={ChevronLeft}
        aria-label={say('preview.previous')}
        disabled={offset === 0}
        onClick={() => onGo(Math.max(0, offset - PAGE))}
      />
      <Button
        icon={ChevronRight}
        aria-label={say('preview.next')}
        disabled={end >= size}
        onClick={() => onGo(Math.min(offset + PAGE, lastPage(size)))}
      />
    </div>
  );
}
