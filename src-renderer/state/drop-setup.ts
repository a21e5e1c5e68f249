import { useEffect, useMemo } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import type { ProbeStatus } from '../../src-main/contract/ipc-schema';
import { engine, messageOf } from '../bridge';
import { useEngine } from './engine';
import { currentPulse, usePulse } from './pulse';
import { type Json, keyed, valueAt } from './settings-tree';

export interface DropProfile {
  readonly id: string;
  readonly probes: readonly string[];
  readonly destination: string | null;
}
export type DropProbe = Pick<ProbeStatus, 'id' | 'title' | 'privacy'>;

/** What is configured, as far as it says what becomes of dropped files. */
export interface DropSetup {
  readonly profiles: readonly DropProfile[];
  readonly destinations: readonly string[];
  /** Those of them that dropgate.yaml names; the others come with Dropgate and have no form. */
  readonly written: readonly string[];
}

interface DropSetupState {
  /** Null until it was read. */
  readonly setup: DropSetup | null;
  readonly probes: readonly DropProbe[];
  /** Why it could not be read. */
  readonly problem: string | null;
  /** The profile that drops are gated with. */
  readonly profile: string;
}

export const DEFAULT_PROFILE = 'default';
export const useDropSetup = create<DropSetupState>()(() => ({
  setup: null,
  probes: [],
  problem: null,
  profile: DEFAULT_PROFILE,
}));

/** The part of the settings that is looked at here; the engine has checked all of it. */
const effectiveSchema = z.looseObject({
  profiles: z.record(
    z.string(),
    z.looseObject({ probes: z.array(z.string()).default([]), destination: z.string().nullable().default(null) }),
  ),
  destinations: z.record(z.string(), z.unknown()),
});

export function setupOf(effective: unknown, written: Json): DropSetup {
  const { profiles, destinations } = effectiveSchema.parse(effective);
  return {
    profiles: Object.entries(profiles).map(([id, { probes, destination }]) => ({ id, probes, destination })),
    destinations: Object.keys(destinations),
    written: Object.keys(keyed(valueAt(written, ['destinations']))),
  };
}

async function readSetup(): Promise<void> {
  const { effective, written } = await engine('settings-read', {});
  const setup = setupOf(effective, written);
  const { profile } = useDropSetup.getState();
  const known = setup.profiles.some(({ id }) => id === profile);
  useDropSetup.setState({ setup, problem: null, profile: known ? profile : DEFAULT_PROFILE });
}

async function readProbes(): Promise<void> {
  const { probes } = await engine('probes', { profile: null, canary: false });
  useDropSetup.setState({ probes: probes.map(({ id, title, privacy }) => ({ id, title, privacy })) });
}

const lastRead = { settings: '', probes: '' };

function read(what: keyof typeof lastRead, revision: string, reading: () => Promise<void>): void {
  if (lastRead[what] === revision) return;
  lastRead[what] = revision;
  reading().catch((error: unknown) => {
    lastRead[what] = '';
    useDropSetup.setState({ problem: messageOf(error) });
  });
}

/** Keeps the setup known while the component is there: read once, and again when the engine says that it changed. */
export function useCurrentDropSetup(): void {
  const settings = usePulse((pulse) => pulse && `${pulse.pid} ${pulse.revision.settings}`);
  const probes = usePulse((pulse) => pulse && `${pulse.pid} ${pulse.revision.probes}`);
  useEffect(() => {
    if (settings !== null) read('settings', settings, readSetup);
  }, [settings]);
  useEffect(() => {
    if (probes !== null) read('probes', probes, readProbes);
  }, [probes]);
}

/** Reads it again, at a person's wish. */
export function readDropSetup(): void {
  const pulse = currentPulse();
  if (pulse === null) return;
  useDropSetup.setState({ problem: null });
  lastRead.settings = '';
  lastRead.probes = '';
  read('settings', `${pulse.pid} ${pulse.revision.settings}`, readSetup);
  read('probes', `${pulse.pid} ${pulse.revision.probes}`, readProbes);
}

/** What a drop would do. */
export interface DropPlan {
  readonly profile: string;
  /** Null when the profile is not known yet. */
  readonly destination: string | null;
  readonly probes: number;
  /** Titles of the probes that send files, or only their hashes, to somewhere else. */
  readonly seeBytes: readonly string[];
  readonly seeHash: readonly string[];
}

export function planOf(setup: DropSetup | null, known: readonly DropProbe[], profile: string): DropPlan {
  const asked = setup?.profiles.find(({ id }) => id === profile) ?? null;
  const titles = (privacy: (word: string) => boolean) =>
    known
      .filter((probe) => asked?.probes.includes(probe.id) === true && privacy(probe.privacy))
      .map(({ title }) => title);
  return {
    profile,
    destination: asked?.destination ?? null,
    probes: asked?.probes.length ?? 0,
    // a privacy that this window does not know is told as the worst
    seeBytes: titles((privacy) => privacy !== 'local' && privacy !== 'hash-only'),
    seeHash: titles((privacy) => privacy === 'hash-only'),
  };
}

/** What a drop would do now. */
export function useDropPlan(): DropPlan {
  const { setup, probes, profile } = useDropSetup();
  return useMemo(() => planOf(setup, probes, profile), [setup, probes, profile]);
}

/** Why files are not taken now. */
export type Refusal =
  | { readonly kind: 'engine' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'destination'; readonly profile: string };

/** Paths that were not taken, and why. */
export interface NotTaken {
  readonly paths: readonly string[];
  readonly why: Refusal | { readonly kind: 'problem'; readonly text: string };
}

export function refusalOf(now: {
  readonly running: boolean;
  readonly paused: boolean;
  readonly setup: DropSetup | null;
  readonly profile: string;
}): Refusal | null {
  if (!now.running) return { kind: 'engine' };
  if (now.paused) return { kind: 'paused' };
  if (now.setup === null) return null;
  const { destination = null } = now.setup.profiles.find(({ id }) => id === now.profile) ?? {};
  if (destination === null || !now.setup.destinations.includes(destination))
    return { kind: 'destination', profile: now.profile };
  return null;
}

export function useRefusal(): Refusal | null {
  const running = useEngine(({ state }) => state.kind === 'running');
  const paused = usePulse((pulse) => pulse?.paused === true);
  const setup = useDropSetup((state) => state.setup);
  const profile = useDropSetup((state) => state.profile);
  return refusalOf({ running, paused, setup, profile });
}

/** The same outside of a component. */
export function currentRefusal(): Refusal | null {
  const { setup, profile } = useDropSetup.getState();
  const running = useEngine.getState().state.kind === 'running';
  return refusalOf({ running, paused: currentPulse()?.paused === true, setup, profile });
}
