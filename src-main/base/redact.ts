/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Keys whose values are never written down, wherever they stand. */
const SECRET_KEY = /token|secret|password|authorization|credential/i;

/** Longest text that is written, in characters: a log line has a bound whatever a file is called or a probe answers. */
const MOST_TEXT = 8192;

/**
 * Secrets inside texts, each replaced as a whole: user and password of a URL; an authorization scheme with its value;
 * `password=...` and `"token": "..."`; the signature of a presigned URL; AWS access key ids (documented prefixes of IAM
 * unique identifiers); and AWS secret keys: 40 characters of base64 that mix cases and digits (a SHA-1 in hex does not).
 */
const SECRET_TEXTS: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)(?:[^\s/?#@]*:\S*|[^\s/?#@]*)@/gi, `$1${REDACTED}@`],
  [/\b(Bearer|Basic|AWS4-HMAC-SHA256)\s+[^\s"',;]+/gi, `$1 ${REDACTED}`],
  [
    /((?:token|secret|password|authorization|credential|signature)[\w-]{0,64}\\?["']?\s*[=:]\s*)(?:\\?"[^"]*"?|'[^']*'?|[^\s"',;&}\]]+)/gi,
    `$1${REDACTED}`,
  ],
  [/(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA|AIDA|AROA)[A-Z0-9]{16}(?![A-Z0-9])/g, REDACTED],
  [
    /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
    REDACTED,
  ],
];

/** `text` without the secrets that can be told by their form, and cut between words when it is longer than a log needs. */
export function redactText(text: string): string {
  const shown = text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT).replace(/\S*$/, '')}… (cut)`;
  return SECRET_TEXTS.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), shown);
}

/** A copy of a JSON value: values of secret keys replaced whole at any depth, every text (keys too) as redactText has it. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    redactText(key),
    SECRET_KEY.test(key) && inner !== null && typeof inner !== 'boolean' ? REDACTED : redactValue(inner),
  ]);
  return Object.fromEntries(entries);
}
