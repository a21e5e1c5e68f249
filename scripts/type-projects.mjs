import { join } from 'node:path';
import { root } from './runtime.mjs';

/** Folders with a tsconfig.json: together they look at every source file, the window's without the types of Node. */
export const TYPE_PROJECTS = [root, join(root, 'src-renderer'), join(root, 'test', 'unit', 'renderer')];
