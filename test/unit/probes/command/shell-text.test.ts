// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to variables are what is tested
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { withQuotedVariables } from '../../../../src-main/probes/command/shell-text';

describe('variables in a command for the shell', () => {
  test.each([
    ['echo ${A}', 'echo "${A}"'],
    ['echo $A.txt', 'echo "${A}".txt'],
    ['echo "in ${A} quotes"', 'echo "in ${A} quotes"'],
    ["echo '${A}'", "echo '${A}'"],
    ['echo "$(cat ${A})"', 'echo "$(cat "${A}")"'],
    ['echo `cat ${A}`', 'echo `cat "${A}"`'],
    ['(cd ${A} && ls)', '(cd "${A}" && ls)'],
    ['echo $((${A} + 1))', 'echo $((${A} + 1))'],
    ['echo \\${A}', 'echo \\${A}'],
    ["true # it's ${A}\necho ${A}", 'true # it\'s ${A}\necho "${A}"'],
    ['echo a#${A}', 'echo a#"${A}"'],
    ['echo ${A:-none} $? $1 $@', 'echo ${A:-none} $? $1 $@'],
    ['B=${A} cmd', 'B="${A}" cmd'],
    ['echo "unfinished ${A}', 'echo "unfinished ${A}'],
    ["echo 'unfinished ${A}", "echo 'unfinished ${A}"],
    ['', ''],
  ])('%j', (command, expected) => {
    expect(withQuotedVariables(command)).toBe(expected);
  });

  test.each(['a b', '*', '; echo b', '$(echo b)', '`echo b`', '"', "'", '\\', 'a\nb', '-n', '${A}'])(
    'the value %j is one argument, as it stands',
    (value) => {
      const count = 'count() { printf "%s:%s" "$#" "$1"; }; count ${A}; count "${A}"; count $A';
      const said = execFileSync('/bin/sh', ['-c', withQuotedVariables(count)], { env: { A: value }, encoding: 'utf8' });
      expect(said).toBe(`1:${value}`.repeat(3));
    },
  );
});
