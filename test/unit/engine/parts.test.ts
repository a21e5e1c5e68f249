import { describe, expect, it } from 'vitest';
import { pathOf } from '../../../src-main/engine/parts';

const encoded = (path: string) => Buffer.from(path, 'latin1').toString('base64');

describe('pathOf', () => {
  it('gives the true bytes of an absolute path', () => {
    expect(pathOf(encoded('/in/\xff\n.txt'))).toEqual(Buffer.from('/in/\xff\n.txt', 'latin1'));
  });

  it.each(['', 'in', '../in', '/in/a\0b'])("refuses %j: nothing of the engine's own folder is meant by it", (path) => {
    expect(() => pathOf(encoded(path))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });
});
