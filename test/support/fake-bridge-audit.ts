import type { IpcResult } from '../../src-main/contract/ipc-schema';

/** What the stub's custody log says of itself. */
export const AUDIT: IpcResult<'audit-verify'> = {
  ok: true,
  rows: 8123,
  segments: 2,
  reports: 912,
  head: { seq: 8123, head: 'f'.repeat(64) },
  pruned: 0,
  lost: 0,
  problems: [],
};
