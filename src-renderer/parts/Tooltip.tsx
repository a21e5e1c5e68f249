import { Tooltip as Base } from 'radix-ui';
import type { ReactElement } from 'react';
import { useOverlayContainer } from './overlay-container';

/** A few words about its child (something that can be focused), on hover and on focus. */
export function Tooltip({ text, children }: { readonly text: string; readonly children: ReactElement }) {
  const container = useOverlayContainer();
  return (
    <Base.Provider delayDuration={400}>
      <Base.Root>
        <Base.Trigger asChild>{children}</Base.Trigger>
        <Base.Portal container={container}>
          <Base.Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-80 rounded-sm border border-line bg-raised px-2 py-1 text-11 text-text shadow-float [overflow-wrap:anywhere]"
          >
            {text}
          </Base.Content>
        </Base.Portal>
      </Base.Root>
    </Base.Provider>
  );
}
