import { nameOf } from '../../base/display-name';
import { escapeOf, linkEscapes } from './member-names';
import type { ScanNotes } from './scan-notes';

/** What the links of one archive lead to, member by member in its order. */
export class Links {
  private readonly notes: ScanNotes;
  /** Of whole systems (tar, packages, disc images): there a link to an absolute path is ordinary as long as nothing is written through it. */
  private readonly mayBeAbsolute: boolean;
  /** Paths of links, without `.` steps, and whether each leads out. */
  private readonly seen = new Map<string, boolean>();

  constructor(notes: ScanNotes, mayBeAbsolute: boolean) {
    this.notes = notes;
    this.mayBeAbsolute = mayBeAbsolute;
  }

  /** A symbolic link called `name`. */
  symbolic(name: Buffer, target: Buffer): void {
    const leadsOut = linkEscapes(name, target);
    const isOrdinary = this.mayBeAbsolute && target[0] === 0x2f;
    if (leadsOut && !isOrdinary) this.escape(name, target);
    else this.through(name, false);
    this.seen.set(normal(name), leadsOut);
  }

  /** A further name of a file that the archive should hold. */
  hard(name: Buffer, target: Buffer): void {
    if (escapeOf(target) !== null) this.escape(name, target);
    else this.through(target, true);
  }

  /** A member that is no link. */
  plain(name: Buffer): void {
    this.through(name, true);
  }

  /** Notes a path that leads through a link: `outOnly` one that leads out, else any (links through links cannot be told by their text). */
  private through(name: Buffer, outOnly: boolean): void {
    if (this.seen.size === 0) return;
    const steps = normal(name).split('/');
    for (let length = 1; length <= steps.length; length += 1) {
      const leadsOut = this.seen.get(steps.slice(0, length).join('/'));
      if (leadsOut === undefined || (outOnly && !leadsOut)) continue;
      const shown = nameOf(name).display;
      this.notes.found(
        'archive-link-escape',
        `the member ${shown} would be written through a link of the archive to another place`,
      );
      return;
    }
  }

  private escape(name: Buffer, target: Buffer): void {
    const detail = `the link ${nameOf(name).display} points outside the archive, to "${nameOf(target).display}"`;
    this.notes.found('archive-link-escape', detail);
  }
}

function normal(name: Buffer): string {
  const steps = name.toString('latin1').split('/');
  return steps.filter((step) => step !== '' && step !== '.').join('/');
}
