import { invalidId } from './refusal';

const ID = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i;

/** An id as Python writes a UUID: lower case, with dashes. Throws a Refusal (400 `invalid ID format`). */
export function canonicalId(text: string): string {
  const parts = ID.exec(text);
  if (parts === null) throw invalidId();
  return parts.slice(1).join('-').toLowerCase();
}
