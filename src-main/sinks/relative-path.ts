import { nameOf } from '../base/display-name';
import { SinkError } from '../base/errors';

const SLASH = 0x2f;
const NUL = 0x00;
/** Characters that Windows gives a meaning of its own, as bytes: `< > : " | ? * \` and controls. */
const WINDOWS_SPECIAL = new Set([...Buffer.from('<>:"|?*\\')]);

function refuse(path: Uint8Array, why: string): never {
  throw new SinkError('SINK_REFUSED', `"${nameOf(path).display}" is not a path below the submission: ${why}`);
}

function checkName(path: Uint8Array, name: Buffer): void {
  if (name.length === 0) refuse(path, 'it has an empty name');
  const text = name.toString('latin1');
  if (text === '.' || text === '..') refuse(path, `it has the name "${text}"`);
  if (process.platform === 'win32' && name.some((byte) => byte < 0x20 || WINDOWS_SPECIAL.has(byte))) {
    refuse(path, 'Windows does not take one of its characters');
  }
}

/**
 * The names of a relative path, as bytes. Checked once more right where paths are built from it: throws SINK_REFUSED
 * when it is empty, absolute, holds a NUL, or has an empty name, `.` or `..`.
 */
export function namesOfRelativePath(path: Uint8Array): Buffer[] {
  const bytes = Buffer.from(path);
  if (bytes.length === 0) refuse(path, 'it is empty');
  if (bytes.includes(NUL)) refuse(path, 'it holds a NUL byte');
  const names: Buffer[] = [];
  for (let at = 0; at <= bytes.length; ) {
    const slash = bytes.indexOf(SLASH, at);
    const end = slash < 0 ? bytes.length : slash;
    names.push(bytes.subarray(at, end));
    at = end + 1;
  }
  for (const name of names) checkName(path, name);
  return names;
}

/** `submission` itself, when it is fit to be the name of a folder. Throws SINK_REFUSED. */
export function submissionFolder(submission: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(submission)) return submission;
  throw new SinkError('SINK_REFUSED', `"${nameOf(Buffer.from(submission)).display}" is not the id of a submission`);
}
