import { describe, expect, it } from 'vitest';
import { DropgateError } from '../../../src-main/base/errors';
import { ITEM_STATES, ITEM_TRANSITIONS, type ItemState, type ItemTransition } from '../../../src-main/contract/states';
import type { Ledger } from '../../../src-main/store/ledger';
import { CLEAN, endingOf, itemIn, LIMITS, newSubmission, openLedger, STAGED, UNVERIFIED } from './ledger-fixtures';

type Move = Exclude<ItemTransition, 'receive' | 'skip' | 'adopt'>;

/** Every transition of an item that is there, as the store offers it. */
const MOVES: Record<Move, (ledger: Ledger, id: number) => void> = {
  stage: ({ moves }, id) => moves.stageAndStart(id, STAGED),
  plan: ({ moves }, id) => moves.plan(id),
  start: ({ moves }, id) => moves.start(id),
  requeue: ({ moves }, id) => moves.requeue(id),
  decide: ({ moves }, id) => moves.decide(id, CLEAN, { settles: true, problem: null, now: 7 }),
  dispose: ({ moves }, id) => moves.dispose(id, 'hold'),
  forward: ({ moves }, id) => moves.end('forward', id, endingOf()),
  quarantine: ({ moves }, id) => moves.end('quarantine', id, endingOf()),
  hold: ({ moves }, id) => moves.end('hold', id, endingOf()),
  retry: ({ moves }, id) => moves.retry(id, '/staging/again', null),
  retake: ({ moves }, id) => moves.retake(id, LIMITS),
  release: ({ moves }, id) => moves.release(id, Buffer.from('/out')),
  delete: ({ moves }, id) => moves.delete(id),
  cancel: ({ moves }, id) => moves.cancel(id, UNVERIFIED, 8),
};

/** Where a move leads: staging goes on through planning and starting in the same statement. */
const END: Record<Move, ItemState> = {
  ...(Object.fromEntries(Object.entries(ITEM_TRANSITIONS).map(([name, { to }]) => [name, to])) as Record<
    Move,
    ItemState
  >),
  stage: ITEM_TRANSITIONS.start.to,
};

const names = Object.keys(MOVES) as Move[];
const pairs = names.flatMap((move) => ITEM_STATES.map((state) => ({ move, state })));
const isLegal = ({ move, state }: { move: Move; state: ItemState }) =>
  (ITEM_TRANSITIONS[move].from as readonly string[]).includes(state);

describe('moves of an item', () => {
  it('are all the transitions of the table, besides those that make an item', () => {
    const made = Object.entries(ITEM_TRANSITIONS).filter(([, { from }]) =>
      (from as readonly string[]).includes('none'),
    );
    expect([...names, ...made.map(([name]) => name)].sort()).toEqual(Object.keys(ITEM_TRANSITIONS).sort());
  });

  it.each(pairs.filter(isLegal))('$move works from $state', async ({ move, state }) => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, state));
    expect(ledger.items.get(id).state).toBe(state);
    await ledger.commit(() => MOVES[move](ledger, id));
    expect(ledger.items.get(id).state).toBe(END[move]);
  });

  it.each(pairs.filter((pair) => !isLegal(pair)))('$move from $state is refused and changes nothing', async (pair) => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, pair.state));
    const before = ledger.items.get(id);
    const refused = ledger.commit(() => MOVES[pair.move](ledger, id));
    await expect(refused).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION', name: DropgateError.name });
    expect(ledger.items.get(id)).toEqual(before);
  });

  it.each(names)('%s of an item that does not exist is refused', async (move) => {
    const ledger = openLedger();
    const refused = ledger.commit(() => MOVES[move](ledger, 99));
    await expect(refused).rejects.toThrow('item 99 cannot');
    expect(ledger.items.find(99)).toBeNull();
  });
});

describe('what the moves write', () => {
  it('keeps names of any bytes as they are', async () => {
    const ledger = openLedger();
    const submissionId = await newSubmission(ledger);
    const relativePath = Buffer.from([0x2d, 0xff, 0x0a, 0x00, 0x2f, 0xe2, 0x80, 0xae]);
    const sourcePath = Buffer.concat([Buffer.from('/'), relativePath]);
    const id = await ledger.commit(() =>
      ledger.moves.receive({ submissionId, relativePath, sourcePath, problem: null, identity: null, now: 1 }),
    );
    expect(ledger.items.get(id)).toMatchObject({ relativePath, sourcePath, state: 'received', receivedAt: 1 });
  });

  it('keeps why a file can never be taken', async () => {
    const ledger = openLedger();
    const submissionId = await newSubmission(ledger);
    const problem = { reason: 'unsupported', detail: 'it is a FIFO' } as const;
    const path = Buffer.from('pipe');
    const id = await ledger.commit(() =>
      ledger.moves.receive({ submissionId, relativePath: path, sourcePath: path, problem, identity: null, now: 1 }),
    );
    expect(ledger.items.get(id).intakeProblem).toEqual(problem);
  });

  it('numbers what settles, in order, for each submission', async () => {
    const ledger = openLedger();
    const [one, other] = [await newSubmission(ledger), await newSubmission(ledger)];
    const ids = await ledger.commit(() => [
      itemIn(ledger, one, 'forwarded'),
      itemIn(ledger, other, 'held'),
      itemIn(ledger, one, 'skipped'),
      itemIn(ledger, one, 'cancelled'),
    ]);
    expect(ids.map((id) => ledger.items.get(id).settledSeq)).toEqual([1, 1, 2, 3]);
    expect(ledger.items.settled(one, { after: 1, limit: 10 }).map(({ id }) => id)).toEqual([ids[2], ids[3]]);
  });

  it('clears the number of a held item that is tried again, and gives it a new one at its end', async () => {
    const ledger = openLedger();
    const submission = await newSubmission(ledger);
    const id = await ledger.commit(() => itemIn(ledger, submission, 'held'));
    await ledger.commit(() => itemIn(ledger, submission, 'forwarded'));
    await ledger.commit(() => ledger.moves.retry(id, '/staging/again', null));
    expect(ledger.items.get(id)).toMatchObject({ settledSeq: null, verdict: null, stagedPath: '/staging/again' });
    await ledger.commit(() => MOVES.plan(ledger, id));
    await ledger.commit(() => MOVES.start(ledger, id));
    await ledger.commit(() => MOVES.decide(ledger, id));
    expect(ledger.items.get(id).settledSeq).toBe(3);
  });

  it('never gives a number twice, also when the newest of a submission is tried again with its members', async () => {
    const ledger = openLedger();
    await newSubmission(ledger); // another one, with numbers of its own
    const submission = await newSubmission(ledger);
    const first = await ledger.commit(() => itemIn(ledger, submission, 'forwarded'));
    const newest = await ledger.commit(() => itemIn(ledger, submission, 'held'));
    const read = ledger.items.newestSettled(submission);
    await ledger.commit(() => ledger.moves.retry(newest, '/staging/again', null));
    const other = await ledger.commit(() => itemIn(ledger, submission, 'forwarded'));
    const skipped = await ledger.commit(() => itemIn(ledger, submission, 'skipped'));
    const unread = ledger.items.settled(submission, { after: read, limit: 10 }).map(({ id }) => id);
    expect(ledger.items.get(first).settledSeq).toBe(1);
    expect(unread).toEqual([other, skipped]);
  });

  it('puts a child below its parent and root, beside which it does not count as work of its own', async () => {
    const ledger = openLedger();
    const submissionId = await newSubmission(ledger);
    const root = await ledger.commit(() => itemIn(ledger, submissionId, 'scanning'));
    const name = Buffer.from('../evil.txt');
    const { hashes, size, type } = STAGED;
    const place = { submissionId, parentId: root, rootId: root, depth: 1 };
    const child = await ledger.commit(() =>
      ledger.moves.adopt({
        ...place,
        unpackedBy: 'archive',
        name,
        stagedPath: '/staging/child-1',
        size,
        hashes,
        type,
        now: 2,
      }),
    );
    expect(ledger.items.get(child)).toMatchObject({ parentId: root, depth: 1, relativePath: name, state: 'staged' });
    expect(ledger.items.toWork({ after: 0, limit: 10 }).map(({ id }) => id)).toEqual([root]);
    expect(ledger.items.treeUsage(root)).toEqual({ files: 1, bytes: 3 });
  });
});
