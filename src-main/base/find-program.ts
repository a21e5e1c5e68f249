import { delimiter, isAbsolute, join } from 'node:path';
import { accessSync, constants } from './files';

/** Path of a program: itself when it is a path, else what PATH (or another list of folders) holds; null when there is none to run. */
export function findProgram(name: string, path = process.env.PATH ?? ''): string | null {
  const folders = path.split(delimiter).filter(isAbsolute);
  const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
  return candidates.find(canRun) ?? null;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK | constants.R_OK);
    return true;
  } catch {
    return false; // not there, or not ours to run
  }
}
