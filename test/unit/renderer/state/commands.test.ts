import { afterEach, describe, expect, it } from 'vitest';
import {
  type Command,
  commandOf,
  currentCommands,
  keyNameOf,
  putCommands,
  removeCommands,
} from '../../../../src-renderer/state/commands';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const command = (id: string, change: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Test',
  run: () => undefined,
  ...change,
});
const [app, view, part] = [{}, {}, {}];
afterEach(() => [app, view, part].forEach(removeCommands));

describe('keys', () => {
  it.each([
    [press('j'), 'j'],
    [press('?', { shiftKey: true }), '?'],
    [press(' '), 'Space'],
    [press('k', { ctrlKey: true }), 'Ctrl+k'],
    [press('K', { metaKey: true }), 'Ctrl+k'],
    [press('ArrowDown', { shiftKey: true }), 'Shift+ArrowDown'],
    [press('C', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+c'],
  ])('%o is named %s', (pressed, name) => {
    expect(keyNameOf(pressed)).toBe(name);
  });

  it('go to what is nearest to the person and can be done', () => {
    putCommands(part, 'part', [command('none', { keys: ['Escape'], enabled: false })]);
    putCommands(app, 'app', [command('back', { keys: ['Escape'] }), command('pause', { keys: ['p'] })]);
    putCommands(view, 'view', [command('preview', { keys: ['p'] })]);
    expect(commandOf(press('p'))?.id).toBe('preview');
    expect(commandOf(press('Escape'))?.id).toBe('back');
    removeCommands(view);
    expect(commandOf(press('p'))?.id).toBe('pause');
    expect(commandOf(press('q'))).toBeNull();
  });

  it('and palette show each command once', () => {
    putCommands(app, 'app', [command('search'), command('pause')]);
    putCommands(view, 'view', [command('search', { title: 'nearer' })]);
    expect(currentCommands().map(({ title }) => title)).toEqual(['nearer', 'pause']);
  });
});
