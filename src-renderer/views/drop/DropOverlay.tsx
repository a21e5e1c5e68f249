import { useText } from '../../i18n/text';
import { useDrop } from '../../state/drop';

/** What a drop would do, while files hang over the window. */
export function DropOverlay() {
  const say = useText();
  const over = useDrop((state) => state.over);
  return (
    <div className="m-3 flex h-[calc(100%-24px)] items-center justify-center rounded-lg border-2 border-dashed border-accent bg-surface/95 text-20 font-semibold">
      {say('frame.dropHere', { count: over })}
    </div>
  );
}
