import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What this process holds: its children, its open files and sockets, and what keeps its event loop alive. */
export interface Snapshot {
  readonly children: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
  readonly resources: readonly string[];
}

/** Resources that a probe may forget; timers are left out, because the test runner has its own. */
const WATCHED = /^(ProcessWrap|PipeWrap|TCPSocketWrap|TCPServerWrap|MessagePort|FSEvent|StatWatcher|FSReq)/;

/** Linux tells all of it; elsewhere only the resources of the event loop are compared. */
export function snapshot(): Snapshot {
  const linux = existsSync('/proc/self/fd');
  return {
    children: new Set(linux ? childrenOf(process.pid) : []),
    files: new Set(linux ? openFiles() : []),
    resources: process.getActiveResourcesInfo().filter((name) => WATCHED.test(name)),
  };
}

/** What is there now and was not there `before`; empty when everything was given back. */
export function leftovers(before: Snapshot): string[] {
  const now = snapshot();
  const resources = [...now.resources];
  for (const name of before.resources) {
    const at = resources.indexOf(name);
    if (at >= 0) resources.splice(at, 1);
  }
  return [
    ...[...now.children].filter((child) => !before.children.has(child)).map((child) => `process ${child}`),
    ...[...now.files].filter((file) => !before.files.has(file)).map((file) => `open: ${file}`),
    ...resources.map((name) => `resource ${name}`),
  ];
}

/** `pid (program)` of each living child, whichever thread started it. */
function childrenOf(parent: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const stat = readIfThere(`/proc/${pid}/stat`);
      const match = /^\d+ (\(.*\)) (\S) (\d+) /s.exec(stat);
      return match?.[3] === String(parent) && match[2] !== 'Z' ? [`${pid} ${match[1]}`] : [];
    });
}

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith('/proc/') ? [] : [`${fd} ${target}`];
    } catch {
      return []; // closed while the folder was listed
    }
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // that process has just ended
  }
}
