import { wholeDocument } from '../documents/pieces';
import type { Unpacker } from './unpacker';

/** Every unpacker that runs in the unpacking child, by name. Loaded when it is first asked for. */
export const UNPACKERS = {
  lz4: async () => (await import('./lz4')).unpackLz4,
  mail: async () => wholeDocument((await import('../documents/mail')).mailMembers),
  mailbox: async () => (await import('../documents/mailbox')).unpackMailbox,
  ole: async () => (await import('../documents/ole')).unpackOle,
  oneNote: async () => wholeDocument((await import('../documents/onenote')).oneNoteMembers),
  page: async () => wholeDocument((await import('../documents/page')).pageMembers),
  pdf: async () => wholeDocument((await import('../documents/pdf')).pdfMembers),
  rtf: async () => wholeDocument((await import('../documents/rtf')).rtfMembers),
  shortcut: async () => wholeDocument((await import('../documents/shortcut')).shortcutMembers),
  tnef: async () => wholeDocument((await import('../documents/tnef')).tnefMembers),
  uuencoded: async () => wholeDocument((await import('../documents/uuencoded')).uuencodedMembers),
} as const satisfies Record<string, () => Promise<Unpacker>>;
export type UnpackerName = keyof typeof UNPACKERS;

/** What stands in the place of an unpacker's name when the child is to be 7-Zip. */
export const AS_SEVEN_ZIP = '7zip';
