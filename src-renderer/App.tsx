import { type ComponentType, lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { DropTarget } from './parts/DropTarget';
import { ActivityStrip } from './parts/frame/ActivityStrip';
import { useAppCommands } from './parts/frame/app-commands';
import { EngineBanner } from './parts/frame/EngineBanner';
import { KeyList } from './parts/frame/KeyList';
import { LiveRegion } from './parts/frame/LiveRegion';
import { Navigation } from './parts/frame/Navigation';
import { Palette } from './parts/frame/Palette';
import { StatusStrip } from './parts/frame/StatusStrip';
import { Toasts } from './parts/frame/Toasts';
import { ViewBoundary } from './parts/frame/ViewBoundary';
import { Spinner } from './parts/Spinner';
import { connect } from './state/connection';
import { useIsFirstRun } from './state/first-run';
import { followKeys } from './state/keyboard';
import { followAddress, useRoute, type View } from './state/navigation';
import { DropOverlay } from './views/drop/DropOverlay';
import { DropView } from './views/drop/DropView';

const FirstRunView = lazy(async () => ({ default: (await import('./views/first-run/FirstRunView')).FirstRunView }));

const VIEWS: Readonly<Record<View, ComponentType>> = {
  drop: DropView,
  queue: lazy(async () => ({ default: (await import('./views/queue/QueueView')).QueueView })),
  results: lazy(async () => ({ default: (await import('./views/results/ResultsView')).ResultsView })),
  quarantine: lazy(async () => ({ default: (await import('./views/quarantine/QuarantineView')).QuarantineView })),
  folders: lazy(async () => ({ default: (await import('./views/folders/FoldersView')).FoldersView })),
  probes: lazy(async () => ({ default: (await import('./views/probes/ProbesView')).ProbesView })),
  destinations: lazy(async () => ({
    default: (await import('./views/destinations/DestinationsView')).DestinationsView,
  })),
  profiles: lazy(async () => ({ default: (await import('./views/profiles/ProfilesView')).ProfilesView })),
  overview: lazy(async () => ({ default: (await import('./views/overview/OverviewView')).OverviewView })),
  settings: lazy(async () => ({ default: (await import('./views/settings/SettingsView')).SettingsView })),
};

/** What lies over the views, opened by a key. */
type Overlay = 'palette' | 'keys' | null;

export function App() {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const openPalette = useCallback(() => setOverlay('palette'), []);
  const openKeys = useCallback(() => setOverlay('keys'), []);
  const close = useCallback(() => setOverlay(null), []);
  useEffect(connect, []);
  useEffect(followAddress, []);
  useEffect(followKeys, []);
  useAppCommands(openPalette, openKeys);
  return (
    <DropTarget overlay={<DropOverlay />}>
      <div className="flex h-full flex-col overflow-y-auto">
        <StatusStrip onKeys={openKeys} />
        <EngineBanner />
        <div className="flex min-h-80 flex-1 basis-0">
          <Navigation />
          <div className="flex min-w-0 flex-1 flex-col">
            <main className="min-h-0 flex-1">
              <CurrentView />
            </main>
            <ActivityStrip />
          </div>
        </div>
      </div>
      <Toasts />
      <LiveRegion />
      {overlay === 'palette' && <Palette onClose={close} />}
      {overlay === 'keys' && <KeyList onClose={close} />}
    </DropTarget>
  );
}

/** The view of the address; until the first run was gone through, that instead of Drop. */
function CurrentView() {
  const view = useRoute((route) => route.view);
  const firstRun = useIsFirstRun();
  const View = firstRun && view === 'drop' ? FirstRunView : VIEWS[view];
  return (
    <ViewBoundary key={view}>
      <Suspense fallback={<Spinner />}>
        <View />
      </Suspense>
    </ViewBoundary>
  );
}
