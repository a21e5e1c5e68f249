import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** One member as 7-Zip lists it (`l -slt`), before anything is believed. */
export interface ListedMember {
  /** In bytes, as 7-Zip prints it: line breaks and other controls are `_` already. */
  readonly name: Buffer;
  /** Null: not known before it is unpacked. */
  readonly size: number | null;
  readonly isFolder: boolean;
  readonly isLink: boolean;
  /** A device, a FIFO or a socket. */
  readonly isSpecial: boolean;
  readonly linkTarget: Buffer | null;
  readonly hardLinkTarget: Buffer | null;
  readonly encrypted: boolean;
}

export interface Listing {
  readonly members: readonly ListedMember[];
  /** What 7-Zip says is wrong with the archive as a whole, in its words. */
  readonly problems: readonly string[];
  /** Bytes of the file before and after the archive. */
  readonly before: number;
  readonly after: number;
  /** A tar whose extended headers 7-Zip does not follow: they tell of sparse files, or are too long for it. */
  readonly passedOver: boolean;
  /** There were more members than asked for, and the rest was not read. */
  readonly cut: boolean;
}

/** Longest line that is looked at; names of archives are shorter by far. */
const MOST_LINE = 64 * 1024;
const LISTED_BELOW = '----------';
/** A field of an extended header (GNU tar manual, "Storing Sparse Files"): 7-Zip shows those that it does not know as comments. */
const PASSED_OVER = /^(?:Comment = .*)?GNU\.sparse\.|^Characteristics = .* PAX_overflow/;
/** Longest extended header that 7-Zip reads; of one for all members it says nothing when it is longer. */
const LONGEST_HEADER = 64 * 1024;
const HEADINGS = ['ERRORS:', 'WARNINGS:'];

/**
 * Reads what `7zz l -slt` prints, to its end or to `most` members. Of a property that stands twice the first counts: 7-Zip
 * prints comments, which may hold lines of any kind, behind what matters here, so such lines can add members but not change
 * or hide one, and what is added has no bytes to go with it.
 */
export async function readListing(output: Readable, most: number): Promise<Listing> {
  const members: ListedMember[] = [];
  const problems: string[] = [];
  let archive = new Map<string, string>();
  let properties = new Map<string, string>();
  let inMembers = false;
  let passedOver = false;
  let packed = 0;
  let inProblems = false;
  for await (const line of linesOf(output)) {
    const equals = line.indexOf(' = ');
    passedOver ||= PASSED_OVER.test(line);
    if (HEADINGS.includes(line)) inProblems = true;
    else if (line === LISTED_BELOW && !inMembers) {
      archive = properties;
      properties = new Map();
      inMembers = true;
    } else if (equals > 0) {
      inProblems = false;
      const key = line.slice(0, equals);
      if (!properties.has(key)) properties.set(key, line.slice(equals + 3, equals + 3 + MOST_LINE));
    } else if (line === '' && inMembers) {
      if (properties.has('Path')) members.push(memberOf(properties));
      packed += numberOf(properties, 'Packed Size') ?? 0;
      properties = new Map();
      if (members.length > most) break;
    } else if (inProblems && line !== '') problems.push(line);
  }
  const cut = members.length > most;
  const told = (numberOf(archive, 'Headers Size') ?? 0) + packed;
  const isTar = archive.get('Type') === 'tar';
  return {
    members,
    problems,
    before: numberOf(archive, 'Offset') ?? 0,
    after: numberOf(archive, 'Tail Size') ?? 0,
    passedOver: passedOver || (isTar && (numberOf(archive, 'Physical Size') ?? 0) - told > LONGEST_HEADER),
    cut,
  };
}

/** Lines as latin1, so that every byte is kept. */
function linesOf(output: Readable): AsyncIterable<string> {
  output.setEncoding('latin1');
  return createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY });
}

function memberOf(properties: ReadonlyMap<string, string>): ListedMember {
  const mode = `${properties.get('Attributes') ?? ''} ${properties.get('Mode') ?? ''}`;
  const bytes = (key: string) => {
    const text = properties.get(key) ?? '';
    return text === '' ? null : Buffer.from(text, 'latin1');
  };
  const linkTarget = bytes('Symbolic Link');
  return {
    name: bytes('Path') ?? Buffer.alloc(0),
    size: numberOf(properties, 'Size'),
    isFolder: properties.get('Folder') === '+' || /(^| )(D|d[r-][w-])/.test(mode),
    isLink: linkTarget !== null || /(^| )l[r-][w-]/.test(mode),
    isSpecial: /(^| )[bcps][r-][w-]/.test(mode),
    linkTarget,
    hardLinkTarget: bytes('Hard Link'),
    encrypted: properties.get('Encrypted') === '+',
  };
}

function numberOf(properties: ReadonlyMap<string, string>, key: string): number | null {
  const text = properties.get(key) ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}
