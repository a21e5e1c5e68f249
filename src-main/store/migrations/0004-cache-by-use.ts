/** Cached reports in the order of their last use, so that pruning them never reads the others. */
export const migration0004 = {
  version: 4,
  sql: 'CREATE INDEX result_cache_by_use ON result_cache(at, key);',
} as const;
