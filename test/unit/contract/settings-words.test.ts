import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settingsSchema } from '../../../src-main/contract/settings';

type Node = Record<string, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema of a key or an entry below `node`, with its dotted path. */
function keysOf(node: Node, path: string): [string, Node][] {
  const named = isNode(node.properties) ? Object.entries(node.properties) : [];
  const below = [...named, ['*', node.additionalProperties], ['0', node.items]] as const;
  const branches = [node.anyOf, node.oneOf].flatMap((list) => (Array.isArray(list) ? list.filter(isNode) : []));
  return [
    ...below.flatMap(([key, inner]): [string, Node][] => {
      if (!isNode(inner)) return [];
      const at = path === '' ? key : `${path}.${key}`;
      return [[at, inner], ...keysOf(inner, at)];
    }),
    ...branches.flatMap((branch) => keysOf(branch, path)),
  ];
}

const keys = keysOf(z.toJSONSchema(settingsSchema, { io: 'input' }), '');

describe('the words of the settings', () => {
  it('are there for every key: a title and one short sentence', () => {
    const wordless = keys
      .filter(([path]) => !path.endsWith('.*')) // the name of such a place is the person's own
      .filter(([, { title, description }]) => {
        if (typeof title !== 'string' || typeof description !== 'string') return true;
        return title.length > 30 || description.length > 110 || !description.endsWith('.') || /[!]/.test(description);
      });
    expect(wordless.map(([path]) => path)).toEqual([]);
    expect(keys.length).toBeGreaterThan(50);
  });

  it('tell sizes, folders, files and units apart, and keep the defaults', () => {
    const of = (path: string) => keys.find(([name]) => name === path)?.[1];
    expect(of('profiles.*.limits.fileBytes')).toMatchObject({ format: 'byte-size', default: '2GiB' });
    expect(of('probes.clamav.maxBytes')).toMatchObject({ format: 'byte-size' });
    expect(of('watch.0.dir')).toMatchObject({ format: 'folder', type: 'string' });
    expect(of('probes.hash-list.deny.0')).toMatchObject({ format: 'file' });
    expect(of('watch.0.settleMs')).toMatchObject({ unit: 'milliseconds', default: 2000 });
    expect(of('profiles.*.required')).toMatchObject({ default: 'auto' });
  });
});
