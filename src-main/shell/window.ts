import { BrowserWindow, nativeTheme, screen, type WebFrameMain } from 'electron';
import { systemClock } from '../base/clock';
import { APP_ORIGIN } from './app-files';
import type { PrivateJson } from './private-json';
import { RestartBudget } from './restart-budget';
import { pagePreferences } from './security';
import type { WindowEvents } from './window-events';
import { openingBounds, SMALLEST, type windowStateSchema } from './window-state';

export interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly state: PrivateJson<typeof windowStateSchema>;
  readonly events: WindowEvents;
  /** The page ended too often. */
  readonly onHopeless: () => void;
  readonly warn: (text: string) => void;
}

const MOST_RELOADS = 3;
const WITHIN_MS = 10 * 60_000;
/** The page's own colours, so that nothing flashes before it is there. */
const BACKGROUND = { light: '#ffffff', dark: '#16181d' } as const;

/** Opens the one window. Its page hears events as soon as it is loaded, and is loaded again when its process ends. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { state, events } = options;
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...openingBounds(state.get(), displays),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Dropgate',
    icon: options.icon,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: pagePreferences(options.preload),
  });
  if (state.get().maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const kept = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    state.set(kept).catch((error: Error) => options.warn(`the window's place was not kept: ${error.message}`));
  });
  window.on('closed', () => events.close());
  const { webContents } = window;
  // not did-start-loading: that comes also when only the part behind # changes, and then no did-finish-load follows
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) events.close();
  });
  webContents.on('did-finish-load', () => events.open(webContents));
  reloadWhenGone(window, options);
  void window.loadURL(APP_ORIGIN).catch((error: Error) => options.warn(`the page was not loaded: ${error.message}`));
  return window;
}

function reloadWhenGone(window: BrowserWindow, { onHopeless, warn }: WindowOptions): void {
  const budget = new RestartBudget(MOST_RELOADS, WITHIN_MS, () => systemClock.monotonic());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    warn(`the page's process ended: ${reason}`);
    if (budget.take() === null) onHopeless();
    else window.webContents.reload();
  });
}

/** Whether a call comes from the window's main frame while it shows a page of the application. */
export function isOwnFrame(window: BrowserWindow | null, frame: WebFrameMain | null): boolean {
  if (window === null || window.isDestroyed() || frame === null) return false;
  return frame === window.webContents.mainFrame && frame.url.startsWith(APP_ORIGIN);
}

export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
