import { decodeUtf8 } from '../../base/display-name';

/** What of a name or a link leads out of the folder it is unpacked into, in words; null when nothing does. */
export function escapeOf(name: Uint8Array): string | null {
  if (name.includes(0)) return 'a NUL byte';
  const text = decodeUtf8(name) ?? Buffer.from(name).toString('latin1');
  if (/^[\\/]/.test(text)) return 'an absolute path';
  if (/^[A-Za-z]:/.test(text)) return 'a drive letter';
  return text.split(/[\\/]/).includes('..') ? 'a step to the parent folder' : null;
}

/** Whether a symbolic link called `name` with the content `target` points out of the archive's own tree. */
export function linkEscapes(name: Uint8Array, target: Uint8Array): boolean {
  const text = Buffer.from(target).toString('latin1');
  if (/^[\\/]|^[A-Za-z]:|\0/.test(text)) return true;
  let depth = Buffer.from(name).toString('latin1').split('/').filter(isStep).length - 1;
  for (const step of text.split(/[\\/]/).filter(isStep)) {
    depth += step === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

function isStep(part: string): boolean {
  return part !== '' && part !== '.';
}
