/**
 * Which probe unpacked a member: those of a job that has not ended are dropped when it begins anew. Null in older rows,
 * which were all written together with the end of their job.
 */
export const migration0005 = {
  version: 5,
  sql: 'ALTER TABLE item ADD COLUMN unpacked_by TEXT;',
} as const;
