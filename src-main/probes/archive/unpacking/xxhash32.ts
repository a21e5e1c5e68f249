const PRIME1 = 0x9e3779b1;
const PRIME2 = 0x85ebca77;
const PRIME3 = 0xc2b2ae3d;
const PRIME4 = 0x27d4eb2f;
const PRIME5 = 0x165667b1;
const STRIPE = 16;

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));
const round = (lane: number, input: number) => Math.imul(rotate((lane + Math.imul(input, PRIME2)) | 0, 13), PRIME1);

/** XXH32 with seed 0 of bytes that come piece by piece (the xxHash specification, "XXH32 algorithm"). */
export class XxHash32 {
  private readonly lanes = Int32Array.of(PRIME1 + PRIME2, PRIME2, 0, -PRIME1);
  private held = Buffer.alloc(0);
  private length = 0;

  update(piece: Buffer): void {
    this.length += piece.length;
    const bytes = this.held.length === 0 ? piece : Buffer.concat([this.held, piece]);
    let at = 0;
    for (; at + STRIPE <= bytes.length; at += STRIPE) {
      for (let lane = 0; lane < 4; lane += 1) {
        this.lanes[lane] = round(this.lanes[lane] ?? 0, bytes.readInt32LE(at + 4 * lane));
      }
    }
    this.held = Buffer.from(bytes.subarray(at));
  }

  /** As an unsigned number. */
  digest(): number {
    const [one = 0, two = 0, three = 0, four = 0] = this.lanes;
    const mixed = (rotate(one, 1) + rotate(two, 7) + rotate(three, 12) + rotate(four, 18)) | 0;
    let sum = ((this.length >= STRIPE ? mixed : PRIME5) + this.length) | 0;
    let at = 0;
    for (; at + 4 <= this.held.length; at += 4) {
      sum = Math.imul(rotate((sum + Math.imul(this.held.readInt32LE(at), PRIME3)) | 0, 17), PRIME4);
    }
    for (; at < this.held.length; at += 1) {
      sum = Math.imul(rotate((sum + Math.imul(this.held[at] ?? 0, PRIME5)) | 0, 11), PRIME1);
    }
    sum = Math.imul(sum ^ (sum >>> 15), PRIME2);
    sum = Math.imul(sum ^ (sum >>> 13), PRIME3);
    return (sum ^ (sum >>> 16)) >>> 0;
  }
}
