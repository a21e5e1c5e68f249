/** What makes a row one of a list, letter by letter as migrations 0006 and 0008 have it: only so are their indexes used. */
export const LISTED = 'parent_id IS NULL AND id > 0';
/** 1 infected ... 7 nothing yet, by the same rule. */
export const RANK = `CASE state WHEN 'skipped' THEN 5 WHEN 'cancelled' THEN 6 ELSE
  CASE verdict ->> 'kind' WHEN 'infected' THEN 1 WHEN 'suspicious' THEN 2 WHEN 'unverified' THEN 3 WHEN 'clean' THEN 4 ELSE 7 END END`;

/** Ids of roots that have not ended, straight from their index. */
export const OPEN = `SELECT id FROM item INDEXED BY item_open WHERE settled_at IS NULL AND ${LISTED}`;
/** For an index that says nothing of the end of its items: so no row has to be read for it. */
export const notOpen = (id: string): string => `${id} NOT IN (${OPEN})`;

export type SqlValue = string | number;

/** A piece of SQL with the values of its marks. */
export interface Sql {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}
