// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what an attacker writes
/** The file that a payload makes when a shell reads it: the variable DAMAGE holds its path. */
export const DAMAGE = 'DAMAGE';

/** Texts as an attacker would choose them for names and values. */
export const PAYLOADS: readonly string[] = [
  '; touch "$DAMAGE" ;',
  '$(touch "$DAMAGE")',
  '`touch "$DAMAGE"`',
  '| touch "$DAMAGE"',
  '&& touch $DAMAGE #',
  '\ntouch "$DAMAGE"\n',
  '"; touch $DAMAGE; "',
  "'; touch $DAMAGE; '",
  '"$(touch $DAMAGE)"',
  ';touch$IFS$DAMAGE;',
  '> $DAMAGE',
  '--option=x',
  '--help',
  '-rf',
  '../../../../etc/passwd',
  '${UNSET}',
  '$HOME * ~ ?',
  '\\',
  'it\'s "both"',
  'two  words ',
];
