/** An address that may be given to the system's browser, or null. */
export function browsable(address: string): string | null {
  const url = parseUrl(address);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
}

function parseUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null; // no address at all
  }
}
