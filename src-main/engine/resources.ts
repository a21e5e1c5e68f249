import { dirname, join } from 'node:path';
import { existsSync } from '../base/files';

/** Absolute path inside `resources/`: of the package, of the checkout that this build belongs to, or DROPGATE_RESOURCES. */
export function resourcePath(...parts: string[]): string {
  if (process.env.DROPGATE_RESOURCES !== undefined) return join(process.env.DROPGATE_RESOURCES, ...parts);
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'rules'))) return join(candidate, ...parts);
    if (dirname(folder) === folder) throw new Error('the resources folder of this installation is missing');
  }
}
