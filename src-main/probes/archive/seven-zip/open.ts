import { nameOf } from '../../../base/display-name';
import { ProbeError } from '../../../base/errors';
import { Limiter } from '../../../base/limiter';
import { RATIO_FROM_BYTES } from '../../../contract/settings';
import { innerName } from '../inner-name';
import { treesAgree } from '../iso-trees';
import { Links } from '../links';
import { findLzhEnd } from '../lzh-end';
import { MemberStager } from '../member-stager';
import type { Extracted, OpenJob } from '../opener';
import { saysTooMuch, withinRatio } from '../ratio';
import { isPadding, slice } from '../slice';
import { unpackSmallGzip } from '../small-gzip';
import type { ListedMember, Listing } from './listing';
import type { SevenZipPrograms } from './program';
import { type RunEnd, SevenZipRuns } from './run';
import { SplitOutput } from './split-output';

/** Archives that are open at once: each may take the memory of a large dictionary. */
const AT_ONCE = 2;
/** Longest target of a link; what is longer is a file. */
const MOST_TARGET = 4096;
/** Formats of whole systems: links are kept apart from files, and may name absolute paths. In all others a link is a file with an attribute. */
const OF_SYSTEMS: ReadonlySet<string> = new Set('tar Cpio Rpm Ar Iso Udf SquashFS CramFS Xar Ext HFS APFS'.split(' '));
/** Formats that say how large a member is while it is unpacked; in others it is a folder that has no size. */
const SIZED_LATE: ReadonlySet<string> = new Set(['Nsis']);
const TRAILING = 'There are data after the end of archive';

/** Opens what 7-Zip opens. */
export class SevenZipOpener {
  private readonly programs: SevenZipPrograms;
  private readonly slots = new Limiter(AT_ONCE);

  constructor(programs: SevenZipPrograms) {
    this.programs = programs;
  }

  /** As an Opener; `formats` by 7-Zip's names: all that the file is at once, and only what all of them opened is complete. */
  open(job: OpenJob, formats: readonly string[]): Promise<Extracted | null> {
    return this.slots.run(async () => {
      const all = { members: 0, decrypted: 0 };
      for (const format of formats) {
        const extracted = await this.openAs(job, format);
        if (extracted === null) return null;
        all.members += extracted.members;
        all.decrypted += extracted.decrypted;
      }
      return all;
    }, job.signal);
  }

  /** As an Opener, for files that are one packed content and nothing else. */
  async openStream(job: OpenJob, format: string): Promise<Extracted | null> {
    const stager = new MemberStager(job.context, job.notes, job.signal);
    const small = format === 'gzip' ? await unpackSmallGzip(job.window) : null;
    if (small !== null) {
      await stager.add(innerName(job.item.name), [small].values());
      await stager.settle();
      return { members: stager.staged, decrypted: 0 };
    }
    return this.slots.run(async () => {
      const runs = await this.runsFor(job, format);
      const most = format === 'gzip' && (await endSaysTooMuch(job)) ? RATIO_FROM_BYTES : Number.POSITIVE_INFINITY;
      let isWhole = false;
      const end = await runs.unpack(null, async (output, bytesRead) => {
        const split = new SplitOutput(output);
        const content = withinRatio(split.next(most), bytesRead, job.context.limits.archiveRatio);
        await stager.add(innerName(job.item.name), content);
        await stager.settle();
        isWhole = stager.takesMore && (await split.isOver());
      });
      if (isWhole) noteEnd(end, job);
      else if (stager.takesMore) job.notes.overLimit('it says that it unpacks to more than limits.archiveRatio allows');
      return { members: stager.staged, decrypted: 0 };
    }, job.signal);
  }

  private async openAs(job: OpenJob, format: string): Promise<Extracted | null> {
    const runs = await this.runsFor(job, format);
    const opened = await openListing(runs, job);
    if (opened === null) return null;
    if (format === 'Iso' && !(await treesAgree(job.window, job.context.limits.archiveFiles)))
      job.notes.damaged('its directories do not name the same files');
    const after = format === 'Lzh' ? await bytesAfterLzh(opened.listing, job) : opened.listing.after;
    return new MemberUnpacking(job, format).unpack(runs, { ...opened, listing: { ...opened.listing, after } });
  }

  private async runsFor({ item, context, signal }: OpenJob, format: string): Promise<SevenZipRuns> {
    const program = await this.programs.forFormat(format);
    if (program === null) throw new ProbeError('PROBE_UNAVAILABLE', `no 7-Zip that opens ${format} can be started`);
    return new SevenZipRuns({ program, format, path: item.path, limits: context.limits, signal });
  }
}

interface Opened {
  readonly listing: Listing;
  /** Null: nothing is encrypted. */
  readonly password: string | null;
}

/** The listing, with the password that opens everything; null when no known one does, or it cannot be listed: noted then. */
async function openListing(runs: SevenZipRuns, job: OpenJob): Promise<Opened | null> {
  const passwords = job.context.passwords.filter((password) => password !== '' && !/[\r\n]/.test(password));
  let { listing, end } = await runs.list(null);
  let known: string | null = null;
  for (const password of end.kind === 'needs_password' ? passwords : []) {
    ({ listing, end } = await runs.list(password));
    known = password;
    if (end.kind !== 'needs_password') break;
  }
  if (end.kind === 'needs_password') {
    job.notes.encrypted('the list of its members is encrypted, and no known password opens it');
    return null;
  }
  noteEnd(end, job);
  // the bytes themselves are looked at instead
  const problems = listing.after > 0 ? listing.problems.filter((problem) => problem !== TRAILING) : listing.problems;
  for (const problem of problems) job.notes.damaged(`7-Zip says: ${problem}`);
  if (listing.passedOver) job.notes.unopened('its extended headers say what 7-Zip does not follow, as of sparse files');
  if (isTooMuch(listing, job)) return null;
  const closed = listing.members.find(({ encrypted }) => encrypted);
  if (closed === undefined) return { listing, password: known };
  for (const password of known === null ? passwords : [known, ...passwords]) {
    if (await runs.test(password)) return { listing, password };
  }
  job.notes.encrypted(`the member ${nameOf(closed.name).display} is encrypted, and no known password opens everything`);
  return null;
}

/** Bytes behind an LZH archive, of which 7-Zip does not tell the end. */
async function bytesAfterLzh({ members }: Listing, { window, context, notes }: OpenJob): Promise<number> {
  const found = await findLzhEnd(window, 0, context.limits.archiveFiles);
  if (found !== null && found.members === members.length) return window.size - found.end;
  notes.incomplete('partial', 'it cannot be told what follows its last member');
  return 0;
}

/** Whether the end of a gzip file speaks of more than the ratio allows (RFC 1952, ISIZE): then its beginning must do. */
async function endSaysTooMuch({ item, window, context }: OpenJob): Promise<boolean> {
  const end = await window.read(item.size - 4, 4);
  const size = end.length === 4 ? end.readUInt32LE(0) : 0;
  return size > RATIO_FROM_BYTES && size > item.size * context.limits.archiveRatio;
}

/** By what the archive says of itself: no more is needed to stop. What really comes out is counted besides. */
function isTooMuch({ members, cut }: Listing, { item, context, notes }: OpenJob): boolean {
  const { archiveFiles } = context.limits;
  const total = members.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const tooMany = cut ? `it has more members than the ${archiveFiles} that limits.archiveFiles allows` : null;
  const why = tooMany ?? saysTooMuch(total, item.size, context.limits);
  if (why !== null) notes.overLimit(why);
  return why !== null;
}

function noteEnd(end: RunEnd, { notes }: OpenJob): void {
  if (end.kind === 'failed') notes.damaged(`7-Zip says: ${end.why}`);
  else if (end.kind === 'over_bounds') notes.overLimit('7-Zip needs more time or memory for it than it may have');
  else if (end.kind === 'needs_password') notes.encrypted('a part of it is encrypted');
}

/** Turns what 7-Zip puts out for a listed archive into child items. */
class MemberUnpacking {
  private readonly job: OpenJob;
  private readonly stager: MemberStager;
  private readonly links: Links;
  private readonly format: string;
  private decrypted = 0;
  /** Bytes that the members taken so far should have. */
  private expected = 0;

  constructor(job: OpenJob, format: string) {
    this.job = job;
    this.format = format;
    this.stager = new MemberStager(job.context, job.notes, job.signal);
    this.links = new Links(job.notes, OF_SYSTEMS.has(format));
  }

  async unpack(runs: SevenZipRuns, { listing, password }: Opened): Promise<Extracted> {
    let isWhole = false;
    const end = await runs.unpack(password, async (output) => {
      const split = new SplitOutput(output);
      await this.takeAll(listing.members, split);
      await this.stager.settle();
      isWhole = this.stager.takesMore && (await split.isOver()) && split.received >= this.expected;
    });
    if (this.stager.takesMore) {
      noteEnd(end, this.job);
      if (end.kind === 'done' && !isWhole) this.job.notes.damaged('what comes out of it is not what it lists');
    }
    if (listing.before > 0) this.job.notes.damaged(`${listing.before} bytes stand before its start`);
    if (this.stager.takesMore) await this.takeRest(listing.after);
    return { members: this.stager.staged, decrypted: this.decrypted };
  }

  /** Where a size is not known before, nobody can tell where that member ends: what is left is one child. */
  private async takeAll(members: readonly ListedMember[], split: SplitOutput): Promise<void> {
    for (const [index, member] of members.entries()) {
      if (!this.stager.takesMore) return;
      if (member.size === null && SIZED_LATE.has(this.format)) {
        if (index < members.length - 1) this.job.notes.damaged('it does not say how large its members are');
        await this.stage(member, split.next(Number.POSITIVE_INFINITY));
        return;
      }
      await this.take(member, split);
    }
  }

  /** Bytes behind the archive are a child of their own: there may be another archive. */
  private async takeRest(length: number): Promise<void> {
    const { window, notes } = this.job;
    const start = window.size - length;
    if (await isPadding(window, start, window.size)) return;
    notes.damaged(`${length} bytes follow its end`);
    await this.stager.add(Buffer.from(`bytes-at-${start}`), slice(window, start, window.size));
    await this.stager.settle();
  }

  private async take(member: ListedMember, split: SplitOutput): Promise<void> {
    const { name, isFolder, isSpecial, hardLinkTarget } = member;
    if (isFolder) {
      if (this.format === 'tar' && (member.size ?? 0) > 0)
        this.job.notes.damaged(`the folder ${nameOf(name).display} has content`);
      return;
    }
    const content = split.next(member.size ?? 0);
    this.expected += member.size ?? 0;
    if (isSpecial) {
      this.job.notes.found(
        'archive-special-file',
        `the member ${nameOf(name).display} is a device, a FIFO or a socket`,
      );
    } else if (hardLinkTarget !== null) {
      this.links.hard(name, hardLinkTarget);
      if ((member.size ?? 0) > 0) await this.stage(member, content);
    } else if (member.isLink && (member.size ?? 0) <= MOST_TARGET) {
      await this.takeLink(member, content);
    } else {
      this.links.plain(name);
      await this.stage(member, content);
    }
  }

  /** Its target is its content, or stands in the list. */
  private async takeLink(member: ListedMember, content: AsyncGenerator<Buffer>): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of content) parts.push(part);
    const stored = Buffer.concat(parts);
    this.links.symbolic(member.name, stored.length > 0 ? stored : (member.linkTarget ?? stored));
    if (OF_SYSTEMS.has(this.format)) return;
    await this.stage(member, parts.values());
  }

  private async stage(member: ListedMember, content: AsyncIterator<Buffer> | Iterator<Buffer>): Promise<void> {
    await this.stager.add(member.name, content);
    if (member.encrypted) this.decrypted += 1;
  }
}
