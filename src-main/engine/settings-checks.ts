import { isAbsolute, relative, sep } from 'node:path';
import { CONFIGURED_PROBES, DEFAULT_PROBES, type ProfileSettings } from '../contract/settings';
import { dataFolder } from './data-folder';
import { nearest } from './nearest';
import type { ResolvedSettings } from './settings-paths';
import type { SettingsProblem } from './settings-problems';

function named(kind: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  const advice = meant === null ? `write one of ${known.join(', ')}` : `did you mean "${meant}"?`;
  return `there is no ${kind} "${name}"; ${advice}`;
}

const isOneOf = (names: readonly string[], name: string) => names.includes(name);

function doubles(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** What the schema cannot see: names that mean one another, and folders that feed themselves. */
export function crossProblems(settings: ResolvedSettings): SettingsProblem[] {
  const profiles = Object.entries(settings.profiles);
  return [
    ...profiles.flatMap(([id, profile]) => profileProblems(id, profile, settings)),
    ...remoteProblems(settings),
    ...placeProblems(settings),
    ...watchProblems(settings),
  ];
}

const BUILT_IN = [...DEFAULT_PROBES, ...CONFIGURED_PROBES];

/** Ids of all probes that there are with these settings. */
const probesOf = ({ probes }: ResolvedSettings): string[] => [
  ...DEFAULT_PROBES,
  ...CONFIGURED_PROBES.filter((id) => probes[id] !== undefined),
  ...probes.remote.map(({ id }) => id),
];

/** Probes of one's own that are called like another one, or lack what they cannot do without. */
function remoteProblems(settings: ResolvedSettings): SettingsProblem[] {
  const ids: readonly string[] = [...BUILT_IN, ...settings.probes.remote.map(({ id }) => id)];
  return settings.probes.remote.flatMap(({ id, tls }, index) => {
    const at = (...steps: PropertyKey[]) => ['probes', 'remote', index, ...steps];
    const problems: SettingsProblem[] = [];
    if (ids.indexOf(id) !== BUILT_IN.length + index) {
      problems.push({ path: at('id'), text: `"${id}" is the name of another probe; write a name of its own` });
    }
    if ((tls?.certFile === undefined) !== (tls?.keyFile === undefined)) {
      problems.push({ path: at('tls'), text: 'has only one of certFile and keyFile; write both, or none' });
    }
    return problems;
  });
}

function profileProblems(id: string, profile: ProfileSettings, settings: ResolvedSettings): SettingsProblem[] {
  const at = (...steps: PropertyKey[]) => ['profiles', id, ...steps];
  const problems: SettingsProblem[] = [];
  const destinations = Object.keys(settings.destinations);
  const absent = CONFIGURED_PROBES.filter((probe) => settings.probes[probe] === undefined);
  const known = probesOf(settings);
  for (const probe of profile.probes.filter((one) => !known.includes(one))) {
    const text = isOneOf(absent, probe)
      ? `names "${probe}", which has no settings; write probes.${probe}, or leave it out here`
      : named('probe', probe, known);
    problems.push({ path: at('probes'), text });
  }
  for (const probe of doubles(profile.probes)) {
    problems.push({ path: at('probes'), text: `names "${probe}" twice; write it once` });
  }
  if (profile.destination !== undefined && !destinations.includes(profile.destination)) {
    problems.push({ path: at('destination'), text: named('destination', profile.destination, destinations) });
  }
  if (profile.required === 'auto') return problems;
  for (const probe of profile.required.filter((one) => !profile.probes.includes(one))) {
    const text = `"${probe}" is not among the probes of this profile; write it in probes too, or leave it out here`;
    problems.push({ path: at('required'), text });
  }
  if (profile.required.length === 0) {
    const text = 'is an empty list, so no file could ever be proven clean; write at least one probe, or auto';
    problems.push({ path: at('required'), text });
  }
  return problems;
}

/** True when `inner` is `outer` or lies below it. */
function contains(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}

/**
 * A destination must not meet files that were not proven clean: who takes files from there would take those too, and
 * what recovery clears away would be lost. The same goes for a quarantine in a folder that the engine clears.
 */
function placeProblems(settings: ResolvedSettings): SettingsProblem[] {
  const { staging, held, indexes } = dataFolder(settings.dataDir);
  const inner: [string, string][] = [
    ['the staging folder', staging],
    ['the held folder', held],
    ['the folder of indexes', indexes],
  ];
  const own: [string, string][] = [['the quarantine', settings.quarantine.dir], ...inner];
  const problems: SettingsProblem[] = [];
  const refuse = (path: PropertyKey[], dir: string, relation: string) =>
    problems.push({ path, text: `${dir} ${relation}; write another folder` });
  const within = inner.find(([, folder]) => contains(folder, settings.quarantine.dir));
  if (within !== undefined) refuse(['quarantine', 'dir'], settings.quarantine.dir, `lies in ${within[0]}`);
  for (const [id, destination] of Object.entries(settings.destinations)) {
    if (destination.kind !== 'folder') continue;
    const { dir } = destination;
    const outer = own.find(([, folder]) => contains(folder, dir));
    const inside = own.find(([, folder]) => contains(dir, folder));
    if (outer !== undefined) refuse(['destinations', id, 'dir'], dir, `lies in ${outer[0]}`);
    else if (inside !== undefined) refuse(['destinations', id, 'dir'], dir, `holds ${inside[0]}`);
  }
  return problems;
}

/** A watched folder that Dropgate itself writes into would take its own files in again and again. */
function watchProblems(settings: ResolvedSettings): SettingsProblem[] {
  const written: [string, string][] = [
    ['the data folder', settings.dataDir],
    ['the quarantine', settings.quarantine.dir],
    ...Object.entries(settings.destinations).flatMap(([id, destination]): [string, string][] =>
      destination.kind === 'folder' ? [[`the destination ${id}`, destination.dir]] : [],
    ),
  ];
  const dirs = settings.watch.map(({ dir }) => dir);
  return settings.watch.flatMap((entry, index) => {
    const path = ['watch', index, 'dir'];
    const problems: SettingsProblem[] = [];
    const own = written.find(([, folder]) => folder === entry.dir || (entry.recursive && contains(entry.dir, folder)));
    if (own !== undefined) {
      const text = `${entry.dir} holds ${own.join(', ')}, so Dropgate would take in its own files; write another folder`;
      problems.push({ path, text });
    }
    if (dirs.indexOf(entry.dir) !== index)
      problems.push({ path, text: `${entry.dir} is watched twice; write it once` });
    if (settings.profiles[entry.profile] === undefined) {
      const text = named('profile', entry.profile, Object.keys(settings.profiles));
      problems.push({ path: ['watch', index, 'profile'], text });
    }
    return problems;
  });
}
