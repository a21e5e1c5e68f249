import { keptName } from '../../base/kept-name';

export const CART_SUFFIX = '.cart';
export const REPORT_SUFFIX = '.report.json';
const WINDOWS_SPECIAL = '<>:"|?*\\';
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The bytes of a name, as the file system takes them: on Linux all but `/` and NUL, which become `_`. */
function storable(name: Uint8Array): Buffer {
  const windows = process.platform === 'win32';
  const bytes = Buffer.from(name).map((byte) => {
    const special = windows && (byte < 0x20 || WINDOWS_SPECIAL.includes(String.fromCharCode(byte)));
    return byte === 0 || byte === 0x2f || special ? 0x5f : byte;
  });
  const safe = Buffer.from(bytes);
  return windows && WINDOWS_DEVICE.test(safe.toString('latin1')) ? Buffer.concat([Buffer.from('_'), safe]) : safe;
}

/**
 * Stems under which an item may be stored, best first: its own name, then its name with the item's key as number
 * (`a (57).pdf`), which needs no search however many files of that name there are, then, for a file that was named
 * so by somebody else, a few with a second number. Cut so that `<stem>.cart` and `<stem>.report.json` both fit 255 bytes
 * and one stem has one report.
 */
export function stemsFor(fileName: Uint8Array, itemKey: string): Buffer[] {
  const name = storable(fileName);
  const numbers = [null, itemKey, ...[2, 3, 4, 5].map((again) => `${itemKey}-${again}`)];
  return numbers.map((number) => {
    const whole = keptName(name, REPORT_SUFFIX, number);
    return whole.subarray(0, whole.length - REPORT_SUFFIX.length);
  });
}

/** Path of the report beside a stored file: `a.pdf.cart` has `a.pdf.report.json`. */
export function reportPathOf(location: Uint8Array): Buffer {
  const bytes = Buffer.from(location);
  const suffix = Buffer.from(CART_SUFFIX);
  const stem = bytes.subarray(-suffix.length).equals(suffix) ? bytes.subarray(0, -suffix.length) : bytes;
  return Buffer.concat([stem, Buffer.from(REPORT_SUFFIX)]);
}
