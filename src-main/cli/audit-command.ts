import { withEngine } from './connect';
import type { OutputOptions } from './options';
import { count, paint, writeOut } from './print';

/** `dropgate audit verify`: 0 when chain and heads fit, 1 when they do not. */
export function auditCommand(options: OutputOptions): Promise<number> {
  return withEngine(options, async (client) => {
    const audit = await client.call('audit-verify', {});
    if (options.json === true || options.ndjson === true) {
      await writeOut(`${JSON.stringify({ schema: 'dropgate-audit/1', ...audit })}\n`);
      return audit.ok ? 0 : 1;
    }
    for (const problem of audit.problems) await writeOut(`${paint.red('broken')} ${problem}\n`);
    const checked = `${count(audit.rows, 'row')}, ${count(audit.segments, 'segment')}, ${count(audit.reports, 'report')}`;
    if (audit.pruned > 0) await writeOut(`pruned up to row ${audit.pruned}; the heads of its segments are kept\n`);
    if (audit.lost > 0) {
      await writeOut(`${count(audit.lost, 'report')} of rows that were lost when the ledger was restored\n`);
    }
    await writeOut(
      `custody log ${audit.ok ? paint.green('intact') : paint.red('broken')}: ${checked} checked; head ${audit.head.seq} ${audit.head.head}\n`,
    );
    return audit.ok ? 0 : 1;
  });
}
