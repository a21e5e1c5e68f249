import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock';
import { NoRoom, Postponed } from '../../../src-main/pipeline/postponed';
import { StagingRoom } from '../../../src-main/pipeline/staging-room';
import { cannotMount, mountSmallDisk } from '../../support/small-disk';
import { tempFolder } from '../../support/temp-folder';
import { until } from '../../support/until';

const MIB = 1024 ** 2;

/** Room of `maxBytes` over the disks of `places`; `staged.bytes` is what the ledger says. */
function roomOf(maxBytes: number, places: readonly string[] = []) {
  const staged = { bytes: 0 };
  const told: (string | null)[] = [];
  const room = new StagingRoom({
    limits: { maxBytes, minFreeBytes: 1024 * MIB },
    places,
    stagedBytes: () => staged.bytes,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    onChange: (reason) => told.push(reason),
  });
  onTestFinished(() => room.stop());
  return { room, staged, told };
}

describe('the limit of private copies', () => {
  it('holds for what the ledger has and what is just being copied, together', async () => {
    const { room, staged } = roomOf(100);
    staged.bytes = 40;
    const first = await room.reserve(40);
    await expect(room.reserve(30)).rejects.toBeInstanceOf(NoRoom);
    first.copied();
  });

  it('pauses intake once, however many find at once that there is no room', async () => {
    const { room, staged, told } = roomOf(100);
    staged.bytes = 90;
    const asked = await Promise.allSettled([room.reserve(30), room.reserve(20), room.reserve(15)]);
    expect(asked.map((each) => each.status === 'rejected' && each.reason)).toEqual(asked.map(() => expect.any(NoRoom)));
    expect(told).toHaveLength(1);
  });

  it('counts anew what is there before it lets anybody wait', async () => {
    const { room, staged } = roomOf(100);
    for (let n = 0; n < 20; n += 1) {
      (await room.reserve(60)).copied();
      staged.bytes = 0; // it went on
    }
    expect(room.reason).toBeNull();
  });

  it('pauses intake and lets it go on when there is room and some more', async () => {
    const { room, staged, told } = roomOf(100);
    staged.bytes = 80;
    await expect(room.reserve(30)).rejects.toThrow('staging.maxBytes allows');
    expect(room.reason).toContain('staging.maxBytes allows');
    let isOpen = false;
    const opened = room.whenOpen().then(() => {
      isOpen = true;
    });
    await expect(room.reserve(1)).rejects.toBeInstanceOf(NoRoom);
    staged.bytes = 65; // enough for the 30, and no more
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(isOpen).toBe(false);
    staged.bytes = 50;
    await opened;
    (await room.reserve(30)).copied();
    expect(told).toEqual([expect.stringContaining('MiB that staging.maxBytes allows'), null]);
  });

  it('lets a file in alone that needs nearly all of it, and none that needs more', async () => {
    const { room } = roomOf(100);
    expect([room.isTooLarge(100), room.isTooLarge(101)]).toEqual([false, true]);
    (await room.reserve(100)).copied();
  });

  it('keeps nobody waiting when the engine stops', async () => {
    const { room, staged } = roomOf(10);
    staged.bytes = 10;
    await expect(room.reserve(1)).rejects.toBeInstanceOf(NoRoom);
    const opened = room.whenOpen();
    room.stop();
    await opened;
  });
});

const why = cannotMount();
describe.skipIf(why !== null)(`the free space of a disk${why === null ? '' : ` (needs ${why})`}`, () => {
  function smallDisk(): string {
    const place = join(tempFolder(), 'disk');
    mountSmallDisk(place, 20 * MIB);
    return place;
  }

  it('is not used below its floor, a tenth of a small disk; members may have half of that', async () => {
    const place = smallDisk();
    const { room, staged } = roomOf(1024 * MIB, [place, join(place, 'not there')]);
    (await room.reserve(17 * MIB)).copied();
    staged.bytes = 17 * MIB;
    await expect(room.reserve(2 * MIB)).rejects.toThrow('have to stay free');
    expect(room.takeForMember(1.5 * MIB)).toBe(true);
    expect(room.takeForMember(1 * MIB)).toBe(false);
  });

  it('is asked for again: what others wrote counts, and what they removed', async () => {
    const place = smallDisk();
    const { room, staged, told } = roomOf(1024 * MIB, [place]);
    staged.bytes = 1;
    writeFileSync(join(place, 'other'), Buffer.alloc(18 * MIB));
    await expect(room.reserve(1 * MIB)).rejects.toThrow(`free on the disk of ${place}`);
    writeFileSync(join(place, 'other'), '');
    await until('room', () => told.at(-1) === null);
    (await room.reserve(1 * MIB)).copied();
  });

  it.each([0, 1])('makes a file that does not fit by itself wait, and nobody else (%i MiB staged)', async (mib) => {
    const { room, staged, told } = roomOf(1024 * MIB, [smallDisk()]);
    staged.bytes = mib * MIB;
    const large = room.reserve(30 * MIB);
    await expect(large).rejects.toBeInstanceOf(Postponed);
    await expect(large).rejects.not.toBeInstanceOf(NoRoom);
    (await room.reserve(1 * MIB)).copied();
    expect(told).toEqual([]);
  });

  it('is given to a file that needs nearly all of it when the others are gone', async () => {
    const { room, staged } = roomOf(1024 * MIB, [smallDisk()]);
    staged.bytes = 1 * MIB;
    (await room.reserve(1 * MIB)).copied();
    await expect(room.reserve(17.9 * MIB)).rejects.toBeInstanceOf(NoRoom);
    staged.bytes = 0;
    await room.whenOpen();
    (await room.reserve(17.9 * MIB)).copied();
  });

  it('that others use nearly up stops intake as a whole, not file by file', async () => {
    const place = smallDisk();
    const { room } = roomOf(1024 * MIB, [place]);
    writeFileSync(join(place, 'other'), Buffer.alloc(17.9 * MIB));
    await expect(room.reserve(1 * MIB)).rejects.toBeInstanceOf(NoRoom);
  });
});
