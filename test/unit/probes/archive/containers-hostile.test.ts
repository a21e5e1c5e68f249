import { expect, it } from 'vitest';
import { describeWith } from '../../../support/components';
import { EICAR } from '../../../support/temp-folder';
import { CONTAINERS, make } from './containers';
import { scanArchive } from './support';

/** Formats without any checksum over their data: a flipped bit there is other content, and scanned as such. */
const UNCHECKED = /tar|cpio|ar$|iso|udf|squashfs|image/;
/** Has not even an end. */
const ENDLESS = /compress/;

/** All through the file: headers and data of every kind are met. Behind the signature, without which it is another file. */
function places(length: number): number[] {
  return Array.from({ length: 6 }, (_, step) => 6 + Math.floor(((length - 6) * (step + 0.5)) / 6));
}

for (const made of CONTAINERS) {
  describeWith([made.needs], made.kind, () => {
    it('cut off anywhere is never complete, or has lost nothing', async () => {
      const whole = make(made);
      const complete = await scanArchive(whole);
      for (const part of [0.3, 0.6, 0.9, 1 - 1 / whole.length]) {
        const cut = await scanArchive(whole.subarray(0, Math.floor(whole.length * part)));
        const same = ENDLESS.test(made.kind) || JSON.stringify(cut.children) === JSON.stringify(complete.children);
        expect([part, cut.coverage === 'complete' && !same]).toEqual([part, false]);
      }
    });

    it('with a flipped bit never loses EICAR in silence', async () => {
      const whole = make(made);
      for (const place of places(whole.length)) {
        const bytes = Buffer.from(whole.map((byte, at) => (at === place ? byte ^ 0x10 : byte)));
        const { coverage, children } = await scanArchive(bytes);
        const kept = children.some((child) => child.bytes.includes(EICAR.subarray(8)));
        const changed = children.some((child) => child.bytes.length === EICAR.length);
        const silent =
          !ENDLESS.test(made.kind) && coverage === 'complete' && !kept && !(UNCHECKED.test(made.kind) && changed);
        expect([place, silent]).toEqual([place, false]);
      }
    });

    it('followed by something else is never complete', async () => {
      const { coverage } = await scanArchive(Buffer.concat([make(made), Buffer.from('something else')]));
      expect(coverage).not.toBe('complete');
    });
  });
}
