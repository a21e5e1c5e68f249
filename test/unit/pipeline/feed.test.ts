import { expect, it } from 'vitest';
import { Feed } from '../../../src-main/pipeline/feed';
import { itemIn, newSubmission, openLedger, receiveItem } from '../store/ledger-fixtures';

/** Ids that a feed gives one after the other. */
function read(feed: Feed, intakePaused: boolean, isTaken = (_id: number) => false): number[] {
  const ids: number[] = [];
  for (let item = feed.next(isTaken, intakePaused); item !== null; item = feed.next(isTaken, intakePaused)) {
    ids.push(item.id);
  }
  return ids;
}

async function setUp() {
  const ledger = openLedger();
  const submission = await newSubmission(ledger);
  const received = () => receiveItem(ledger, submission);
  const ids = await ledger.commit(() => [
    received(),
    itemIn(ledger, submission, 'planned'),
    received(),
    itemIn(ledger, submission, 'disposing'),
    received(),
  ]);
  return { ledger, submission, ids, feed: new Feed(ledger.items) };
}

it('gives what is to be worked on in its order, once, and what comes later', async () => {
  const { ledger, submission, ids, feed } = await setUp();
  expect(read(feed, false, (id) => id === ids[1])).toEqual(ids.filter((id) => id !== ids[1]));
  const later = await ledger.commit(() => receiveItem(ledger, submission));
  expect(read(feed, false)).toEqual([later]);
  feed.goBackTo(ids[3] ?? 0);
  expect(read(feed, false)).toEqual([...ids.slice(3), later]);
});

it('gives only what has its bytes while intake pauses; the others keep their place', async () => {
  const { ids, feed } = await setUp();
  const [first = 0, planned = 0, , disposing = 0] = ids;
  expect(feed.next(() => false, false)?.id).toBe(first);
  expect(read(feed, true)).toEqual([planned, disposing]);
  expect(read(feed, true)).toEqual([]);
  feed.goBackTo(planned);
  expect(read(feed, true)).toEqual([planned, disposing]);
  feed.goBackTo(first);
  expect(read(feed, false, (id) => id === planned || id === disposing)).toEqual([first, ids[2], ids[4]]);
});

it('never gives what was in work when it was read: it may have ended since', async () => {
  const { ids, feed } = await setUp();
  const [first = 0, inWork = 0] = ids;
  const busy = new Set([inWork]);
  expect(feed.next((id) => busy.has(id), false)?.id).toBe(first);
  feed.goBackTo(first);
  expect(feed.next((id) => busy.has(id), false)?.id).toBe(first);
  busy.clear();
  expect(read(feed, false)).toEqual(ids.slice(2));
  feed.goBackTo(inWork);
  expect(read(feed, true, (id) => id === inWork)).toEqual([ids[3]]);
});
