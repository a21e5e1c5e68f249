/** Crashes that an item merely shared with others say nothing about it; runs alone of which no engine saw the end do. */
export const migration0003 = {
  version: 3,
  sql: `
ALTER TABLE item RENAME COLUMN in_flight_crashes TO runs_alone;
UPDATE item SET runs_alone = 0 WHERE runs_alone <> 0;
`,
} as const;
