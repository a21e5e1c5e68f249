import { expect, it } from 'vitest';
import { type Report, reportSchema } from '../../../src-main/contract/report';
import { reportText } from '../../../src-main/pipeline/report';
import type { Ledger } from '../../../src-main/store/ledger';
import { itemIn, newSubmission, openLedger, STAGED } from '../store/ledger-fixtures';
import { FOUND, SetClock } from './fake-probe';

const MANY = 250;

async function rootWith(members: number): Promise<{ ledger: Ledger; root: number }> {
  const ledger = openLedger();
  const submissionId = await newSubmission(ledger);
  const root = await ledger.commit(() => {
    const id = itemIn(ledger, submissionId, 'disposing');
    const { hashes, size, type } = STAGED;
    for (let number = 1; number <= members; number += 1) {
      const place = {
        submissionId,
        parentId: id,
        rootId: id,
        depth: 1,
        unpackedBy: 'archive',
        stagedPath: `/s/${number}`,
        now: 1,
      };
      ledger.moves.adopt({ ...place, name: Buffer.from(`member ${number}`), size, hashes, type });
    }
    return id;
  });
  return { ledger, root };
}

async function pieces(ledger: Ledger, root: number): Promise<string[]> {
  const options = { disposition: 'quarantined', destination: null, program: 'test', clock: new SetClock() } as const;
  const all: string[] = [];
  for await (const piece of reportText(ledger, ledger.items.get(root), options)) all.push(piece);
  return all;
}

const parse = (text: readonly string[]): Report => reportSchema.parse(JSON.parse(text.join('')));

it.each([0, 1, 100, MANY])('with %i members is one whole document', async (members) => {
  const { ledger, root } = await rootWith(members);
  const report = parse(await pieces(ledger, root));
  const numbers = Array.from({ length: members }, (_, index) => `member ${index + 1}`);
  expect(report.children.map(({ name }) => name.display)).toEqual(numbers);
  expect(report).toMatchObject({ disposition: 'quarantined', item: { id: String(root) } });
});

it('comes in pieces that hold only some of the members', async () => {
  const { ledger, root } = await rootWith(MANY);
  const lengths = (await pieces(ledger, root)).map((piece) => piece.split('"parent"').length - 1);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(100);
  expect(lengths.reduce((sum, one) => sum + one, 0)).toBe(MANY);
});

it('advises about what was found in the last member', async () => {
  const { ledger, root } = await rootWith(MANY);
  const last = root + MANY;
  const finding = {
    probe: 'one',
    name: 'Locked',
    severity: 'info',
    category: 'x',
    guidance: ['encrypted-file'],
  } as const;
  await ledger.commit(() => {
    ledger.moves.plan(last);
    ledger.jobs.createLeased(last, 'one', true, 9);
    const report = { ...FOUND, findings: [{ ...finding, guidance: [...finding.guidance] }] };
    ledger.jobs.end(last, 'one', { kind: 'report', report }, 1, false);
  });
  const report = parse(await pieces(ledger, root));
  expect(report.children.at(-1)?.findings).toEqual([finding]);
  expect(report.guidance.map(({ tag }) => tag)).toEqual(['encrypted-file']);
});
