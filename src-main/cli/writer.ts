import type { ResultWriter } from './follow';
import type { FileOptions } from './options';
import { JsonWriter, NdjsonWriter } from './write-json';
import { TableWriter } from './write-table';

/** How results are written, as the options say. */
export function writerFor(options: FileOptions): ResultWriter {
  if (options.json === true) return new JsonWriter();
  if (options.ndjson === true) return new NdjsonWriter();
  return new TableWriter({ listAll: options.all === true, quiet: options.quiet === true });
}
