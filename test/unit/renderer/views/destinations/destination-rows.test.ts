import { describe, expect, it } from 'vitest';
import { foundChanges } from '../../../../../src-renderer/parts/destination/found-changes';
import { destinationRows } from '../../../../../src-renderer/views/destinations/destination-rows';

const written = { destinations: { inbound: { kind: 's3', bucket: 'acme', prefix: 'in/' }, new: { kind: 'folder' } } };
const effective = { ...written, profiles: { default: { destination: 'inbound' }, strict: {} } };
const health = { kind: 'folder', state: 'ready', problem: null, waiting: 0, oldest: null, nextTry: null } as const;

describe('rows of destinations', () => {
  const rows = destinationRows({ written, effective }, [{ ...health, id: 'cleared', notes: [] }]);

  it('say where each leads and which profiles use it', () => {
    expect(rows.find(({ name }) => name === 'inbound')).toMatchObject({
      kind: 's3',
      place: 's3://acme/in/',
      profiles: ['default'],
      isWritten: true,
    });
  });

  it('never call one reachable that the engine has not told about', () => {
    expect(rows.find(({ name }) => name === 'new')?.health).toBeNull();
  });

  it('list the one that comes along, which the file does not have', () => {
    expect(rows.find(({ name }) => name === 'cleared')).toMatchObject({ isWritten: false, health: { state: 'ready' } });
  });
});

describe('settings that a test found', () => {
  it('are offered only where they are others than those of the form or its defaults', () => {
    const current = { kind: 's3', bucket: 'acme', pathStyle: true };
    const found = { region: 'us-east-1', pathStyle: true, checksums: 'when_required', conditionalPut: 'auto' } as const;
    expect(foundChanges(current, found).map(({ key, value }) => [key, value])).toEqual([
      ['checksums', 'when_required'],
    ]);
  });
});
