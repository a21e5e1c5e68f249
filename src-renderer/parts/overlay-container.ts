import { createContext, useContext } from 'react';

/** Where menus and tooltips are put: inside an open dialog, which covers everything else; null is the page. */
export const OverlayContainer = createContext<HTMLElement | null>(null);

export function useOverlayContainer(): HTMLElement | undefined {
  return useContext(OverlayContainer) ?? undefined;
}
