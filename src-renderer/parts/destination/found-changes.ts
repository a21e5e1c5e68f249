import type { IpcResult } from '../../../src-main/contract/ipc-schema';
import { type Json, valueAt } from '../../state/settings-tree';

type Found = IpcResult<'destination-test'>['found'];

/** What each setting that a test can find is called, and what it is where the file says nothing. */
const FINDABLE = [
  { key: 'region', title: 'Region', usual: 'us-east-1' },
  { key: 'pathStyle', title: 'Path style', usual: false },
  { key: 'checksums', title: 'Checksums', usual: 'when_supported' },
  { key: 'conditionalPut', title: 'Conditional put', usual: 'auto' },
] as const;

/** Settings that a test found to work and that are others than those of the form. */
export function foundChanges(
  current: Json | undefined,
  found: Found,
): { readonly key: string; readonly title: string; readonly value: string | boolean }[] {
  return FINDABLE.flatMap(({ key, title, usual }) => {
    const value = found[key];
    return value === undefined || value === (valueAt(current, [key]) ?? usual) ? [] : [{ key, title, value }];
  });
}
