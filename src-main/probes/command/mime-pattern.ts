/** A name of RFC 6838, section 4.2, in lower case: it begins with a letter or digit, so it is a safe name of a folder too. */
const NAME = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';
const MIME = new RegExp(`^${NAME}/${NAME}$`);

/** Whether `text` is a MIME type without parameters, such as `application/pdf`. */
export function isMime(text: string): boolean {
  return MIME.test(text);
}

/**
 * The source of a regular expression, anchored at both ends, for a pattern of Python's fnmatch: `*` and `?` match any
 * character, also `/`; `[abc]` and `[a-z]` one of a set, `[!abc]` one that is not in it; a `[` without `]` itself.
 */
export function patternSource(pattern: string): string {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    const set = character === '[' ? /^\[(!?)(\]?[^\]]*)\]/.exec(pattern.slice(at)) : null;
    if (set !== null) {
      const [whole, not = '', members = ''] = set;
      source += `[${not === '' ? '' : '^'}${members.replaceAll(/[\\\]^[]/g, '\\$&')}]`;
      at += whole.length - 1;
    } else if (character === '*') {
      source += '.*';
    } else {
      source += character === '?' ? '.' : character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    }
  }
  return `^(?:${source})$`;
}
