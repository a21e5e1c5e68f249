import type { ServiceOptions } from './options';

/**
 * How files are sent: `plain` as they are; `wrapped` in a tar archive, because the server says of files that begin like
 * some others (c-icap: virus_scan.ScanFileTypes) that there is nothing in them without looking. `untested`: as they are,
 * since it finds a test file in neither a PDF nor an archive; what it says against a file counts, its silence does not.
 */
export type Form = 'plain' | 'wrapped' | 'untested';

/** How a service wants to be asked, and may be believed. */
export interface Manner {
  readonly options: ServiceOptions;
  readonly form: Form;
}

/**
 * By which results are used again, and files that are held are looked at again when it changes. A server that overlooks
 * test files may be mended without another `tag`: until then its results have no version.
 */
export function versionOf(form: Form, tag: string | null): string | null {
  return form === 'untested' ? null : tag;
}
