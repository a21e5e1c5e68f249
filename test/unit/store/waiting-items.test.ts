import { expect, it } from 'vitest';
import { endingOf, itemIn, newSubmission, openLedger } from './ledger-fixtures';

/** Four disposing items of two submissions, all but the last parked. */
async function setUp() {
  const ledger = openLedger();
  const one = await newSubmission(ledger);
  const other = await newSubmission(ledger);
  const ids = await ledger.commit(() => [one, one, other, one].map((each) => itemIn(ledger, each, 'disposing')));
  const [a = 0, b = 0, c = 0, d = 0] = ids;
  await ledger.commit(() => {
    ledger.waiting.park(b, 'destination x', 'b waits');
    ledger.waiting.park(a, 'destination x', 'a waits');
    ledger.waiting.park(c, 'destination y', 'c waits');
  });
  return { ledger, one, other, a, b, c, d };
}

it('what waits is found by its lane, the oldest first, and is no work', async () => {
  const { ledger, one, other, a, b, d } = await setUp();
  const { waiting } = ledger;
  expect([waiting.next('destination x', 0), waiting.next('destination x', a)]).toEqual([a, b]);
  expect([waiting.next('destination x', b), waiting.next('destination z', 0)]).toEqual([null, null]);
  expect(waiting.lanes()).toEqual([
    { lane: 'destination x', count: 2, problem: 'a waits' },
    { lane: 'destination y', count: 1, problem: 'c waits' },
  ]);
  expect([waiting.countOf('destination x', one), waiting.countOf('destination x', other)]).toEqual([2, 0]);
  expect(waiting.oldestReceivedAt('destination x')).toBe(1);
  expect(ledger.items.toWork({ after: 0, limit: 9 }).map(({ id }) => id)).toEqual([d]);
  expect(ledger.items.countUnsettled()).toBe(4);
});

it('it waits no more when it is taken out, and when it ends', async () => {
  const { ledger, a, b, c, d } = await setUp();
  const taken = await ledger.commit(() => [ledger.waiting.take(a), ledger.waiting.take(d)]);
  expect(taken).toEqual(['destination x', null]);
  expect(ledger.items.get(a)).toMatchObject({ waitingFor: null, problem: null });
  await ledger.commit(() => ledger.moves.end('forward', b, endingOf()));
  expect(ledger.waiting.lanes()).toMatchObject([{ lane: 'destination y', count: 1 }]);
  expect(await ledger.commit(() => ledger.waiting.park(c, 'destination x', 'moved'))).toBe('destination y');
});
