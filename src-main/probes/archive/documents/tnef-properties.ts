export interface Property {
  readonly id: number;
  readonly type: number;
  readonly isUnicode: boolean;
  readonly value: Buffer;
}

/** Bytes of one value of each type with a size of its own ([MS-OXCDATA] 2.11.1), with padding to four. */
const FIXED: Readonly<Record<number, number>> = {
  1: 0,
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const LONG_TYPES = [0x1e, 0x1f, 0x0d, 0x102];
const UNICODE = 0x1f;
const SEVERAL = 0x1000;
/** Properties from here on are named. */
const NAMED = 0x8000;
const GUID_BYTES = 16;

/** The properties in an encoded list ([MS-OXTNEF] 2.1.3.4). `whole`: every one that it states was read. */
export function readProperties(data: Buffer): { properties: Property[]; whole: boolean } {
  const reader = new PropertyReader(data);
  const properties: Property[] = [];
  const count = reader.number();
  for (let done = 0; done < count && !reader.failed; done += 1) {
    const tag = reader.number();
    const type = tag & 0xffff & ~SEVERAL;
    const id = tag >>> 16;
    if (id >= NAMED) reader.name();
    const isLong = LONG_TYPES.includes(type);
    const values = isLong || (tag & SEVERAL) !== 0 ? reader.number() : 1;
    for (let value = 0; value < values && !reader.failed; value += 1) {
      const bytes = isLong ? reader.padded(reader.number()) : reader.fixed(type);
      if (isLong && !reader.failed) properties.push({ id, type, isUnicode: type === UNICODE, value: bytes });
    }
  }
  return { properties, whole: !reader.failed };
}

class PropertyReader {
  failed = false;
  private readonly data: Buffer;
  private at = 0;

  constructor(data: Buffer) {
    this.data = data;
  }

  number(): number {
    const bytes = this.padded(4);
    return this.failed ? 0 : bytes.readUInt32LE(0);
  }

  /** The next bytes, and their padding skipped. */
  padded(length: number): Buffer {
    if (length > this.data.length - this.at) this.failed = true;
    const bytes = this.data.subarray(this.at, this.at + length);
    this.at += Math.ceil(length / 4) * 4;
    return bytes;
  }

  fixed(type: number): Buffer {
    const length = FIXED[type];
    if (length === undefined) this.failed = true;
    // a value without bytes takes no room, so a list of them must not be believed
    return length === undefined || length === 0 ? this.data.subarray(0, 0) : this.padded(length);
  }

  /** A named property's set, and its number or name. */
  name(): void {
    this.padded(GUID_BYTES);
    if (this.number() === 0) this.padded(4);
    else this.padded(this.number());
  }
}
