/** What the window's own pages may do: run and show files of the application, and nothing else. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** For documents that are only printed: they run nothing, and load nothing. */
export const PRINT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** For hot reload alone: its client is an inline script, styles are inlined, and changes come over a socket of this machine. */
export function developmentPolicy(server: string): string {
  const socket = server.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
