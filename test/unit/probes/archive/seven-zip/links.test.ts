import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../../../../support/components';
import { tempFolder } from '../../../../support/temp-folder';
import { scanArchive } from '../support';

/** A tar by python: `f(name, text)`, `s(name, target)`, `h(name, target)` and `d(name, type)` add members. */
function tarBy(program: string): Buffer {
  const path = join(tempFolder(), 'made.tar');
  const start = `
import io, sys, tarfile
from tarfile import BLKTYPE, CHRTYPE, FIFOTYPE, LNKTYPE, REGTYPE, SYMTYPE
t = tarfile.open(sys.argv[1], 'w')
def put(name, kind, target='', text=b''):
    i = tarfile.TarInfo(name); i.type = kind; i.linkname = target; i.size = len(text); t.addfile(i, io.BytesIO(text))
f = lambda name, text='x': put(name, REGTYPE, text=text.encode())
s = lambda name, target: put(name, SYMTYPE, target)
h = lambda name, target: put(name, LNKTYPE, target)
d = lambda name, kind: put(name, kind)
`;
  execFileSync('python3', ['-c', `${start}${program}\nt.close()`, path]);
  return readFileSync(path);
}

const scan = async (program: string) => {
  const { found, coverage, children } = await scanArchive(tarBy(program));
  return [coverage, found, children.map(({ name }) => name)];
};

describeWith(['python3', '7zz'], 'a tar with', () => {
  it('links inside its own tree has nothing wrong, and they are no children', async () => {
    const program =
      "f('a/b.txt'); s('a/c', 'b.txt'); s('a/d', '../a/b.txt'); h('e', 'a/b.txt'); s('lib', 'a'); f('lib/x.txt')";
    expect(await scan(program)).toEqual(['complete', [], ['a/b.txt', 'lib/x.txt']]);
  });

  it('a link to an absolute path is ordinary: packages have them', async () => {
    expect(await scan("f('usr/a'); s('usr/b', '/etc/alternatives/b')")).toEqual(['complete', [], ['usr/a']]);
  });

  it.each([
    ['a link out of its tree', "s('a/b', '../../etc/passwd'); f('c')", ['c']],
    ['a file written through a link that leads out', "s('a', '/etc'); f('a/cron.d/x')", ['a/cron.d/x']],
    ['a file in the place of a link that leads out', "s('a', '/etc/passwd'); f('a')", ['a']],
    ['a link through a link', "s('a', '.'); s('a/b', '..'); f('c')", ['c']],
    ['a hard link to a place outside', "h('a', '../../etc/shadow'); f('c')", ['c']],
    ['a hard link to an absolute path', "h('a', '/etc/shadow'); f('c')", ['c']],
  ])('%s is malicious', async (_what, program, children) => {
    expect(await scan(program)).toEqual(['complete', ['archive-link-escape:malicious'], children]);
  });

  it.each(['../../up.txt', '/etc/cron.d/x', 'a/../../up.txt', 'C:\\x.txt'])(
    'the name %s is malicious',
    async (name) => {
      const { found, children } = await scanArchive(tarBy(`f(${JSON.stringify(name)})`));
      expect([found, children.map((child) => child.name)]).toEqual([['archive-path-traversal:malicious'], [name]]);
    },
  );

  it('devices, FIFOs and sockets: named, and no children', async () => {
    const program = "d('null', CHRTYPE); d('sda', BLKTYPE); d('pipe', FIFOTYPE); f('a')";
    expect(await scan(program)).toEqual(['complete', ['archive-special-file:info'], ['a']]);
  });

  it('names and fields with line breaks: no member is made up of them, and none is hidden', async () => {
    const trick = 'x\\n\\nPath = y\\nSize = 1';
    const program = `f('${trick}', 'one'); s('l\\nk', 'a\\n\\nPath = z\\nSize = 3'); f('last', 'three')`;
    const { coverage, children } = await scanArchive(tarBy(program));
    expect([coverage, children.map(({ bytes }) => bytes.toString())]).toEqual(['complete', ['one', 'three']]);
  });

  it('the same name twice has both', async () => {
    expect(await scan("f('a', 'one'); f('a', 'two')")).toEqual(['complete', [], ['a', 'a']]);
  });
});
