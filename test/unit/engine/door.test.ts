import { describe, expect, it } from 'vitest';
import { Door } from '../../../src-main/engine/door';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const name = (parts: string) => Promise.resolve(parts);

describe('the door to the parts of an engine', () => {
  it('lets those who came early in when it opens, and gives everybody the parts of their time', async () => {
    const door = new Door<string>();
    const early = door.use(name);
    door.open('first');
    expect([await early, await door.use(name)]).toEqual(['first', 'first']);
    await door.shut();
    const between = door.use(name);
    door.open('second');
    expect(await between).toBe('second');
  });

  it('is shut only when nobody is inside, also whoever came in late', async () => {
    const door = new Door<string>();
    door.open('parts');
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const works = [one, other].map(({ promise }) => door.use(() => promise));
    let isShut = false;
    const shut = door.shut().then(() => {
      isShut = true;
    });
    one.resolve();
    await works[0];
    await turn();
    expect(isShut).toBe(false);
    other.resolve();
    await shut;
    await works[1];
  });

  it('counts out whoever failed inside', async () => {
    const door = new Door<string>();
    door.open('parts');
    await expect(door.use(() => Promise.reject(new Error('oops')))).rejects.toThrow('oops');
    await door.shut();
  });

  it('lets nobody wait who was told to stop', async () => {
    const door = new Door<string>();
    const stop = new AbortController();
    const waiting = door.use(name, stop.signal);
    stop.abort(new Error('stop'));
    await expect(waiting).rejects.toThrow('stop');
    await expect(door.use(name, stop.signal)).rejects.toThrow('stop');
  });

  it('tells everybody that the engine is gone once it is locked', async () => {
    const door = new Door<string>();
    const waiting = door.use(name);
    door.lock();
    const gone = expect.objectContaining({ code: 'ENGINE_GONE' });
    await expect(waiting).rejects.toEqual(gone);
    await expect(door.use(name)).rejects.toEqual(gone);
    const opened = new Door<string>();
    opened.open('parts');
    opened.lock();
    await expect(opened.use(name)).rejects.toEqual(gone);
  });
});
