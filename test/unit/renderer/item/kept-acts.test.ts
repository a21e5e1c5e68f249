import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fromBase64 } from '../../../../src-renderer/format/paths';
import { failureText, tellOrThrow, tellOutcome } from '../../../../src-renderer/parts/item-acts/outcome';
import { useEngine } from '../../../../src-renderer/state/engine';
import { deleteKept, exportKept, rescan, restoreKept, verifyKept } from '../../../../src-renderer/state/kept-acts';
import { onGone } from '../../../../src-renderer/state/leaving';
import { useToasts } from '../../../../src-renderer/state/toasts';
import { FakeBridge } from '../../../support/fake-bridge';

type Answer = Awaited<ReturnType<FakeBridge['call']>>;
const refused = (message: string): Answer => ({
  ok: false,
  error: { code: 'ALREADY_EXISTS', message, retryable: false },
});

/** The stub, but for answers that a test gives to one call. */
function bridgeWith(
  answers: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => Answer | null>> = {},
) {
  const fake = new FakeBridge({ items: 50, open: 0 });
  const call = vi.fn(async (to: 'engine' | 'shell', name: string, params: unknown) => {
    return answers[name]?.({ ...(params as object) }) ?? fake.call(to, name, params);
  });
  vi.stubGlobal('window', { dropgate: { call, on: () => () => undefined, pathsOf: () => [] } });
  const asked = (name: string) => call.mock.calls.filter(([, each]) => each === name).map(([, , params]) => params);
  return { asked, all: () => call.mock.calls.map(([, name]) => name) };
}

const text = (base64: unknown) => new TextDecoder().decode(fromBase64(String(base64)));

describe('acts on kept files', () => {
  beforeEach(() => useToasts.setState({ toasts: [] }));

  test('one that fails is told by name, and the others go on', async () => {
    bridgeWith({ 'kept-delete': ({ id }) => (id === '2' ? refused('it is not kept') : null) });
    const gone: string[] = [];
    const end = onGone((ids) => gone.push(...ids));
    const outcome = await deleteKept(['1', '2', '3'], 'test');
    end();
    expect(outcome).toEqual({ done: 2, failed: [{ name: 'invoice.pdf.exe', problem: 'it is not kept' }] });
    expect(gone).toEqual(['1', '3']);
  });

  test('several are restored into one folder under names of their own', async () => {
    const { asked } = bridgeWith();
    expect(await restoreKept(['1', '6'], 'asked for')).toEqual({ done: 2, failed: [] });
    expect(asked('choose-save')).toEqual([]);
    const to = asked('kept-restore').map((params) => text((params as { to: string }).to));
    expect(new Set(to).size).toBe(to.length);
    expect(to.at(-1)).toBe('/home/ana/in/photo_u202egpj.exe');
  });

  test('one is exported to the place that the person names, and not at all when they changed their mind', async () => {
    const { asked } = bridgeWith();
    expect(await exportKept(['1'])).toEqual({ done: 1, failed: [] });
    expect(text((asked('kept-export')[0] as { to: string }).to)).toBe('/home/ana/invoice-2024-117.pdf.zip');
    const cancelled = bridgeWith({ 'choose-save': () => ({ ok: true, result: { path: null } }) });
    expect(await exportKept(['1'])).toBeNull();
    expect(cancelled.asked('kept-export')).toEqual([]);
  });

  test('bytes that are not what was recorded are a failure of the check, never a success', async () => {
    bridgeWith({ 'kept-verify': () => ({ ok: true, result: { ok: false, problem: 'another hash', sha256: '' } }) });
    expect(await verifyKept(['1'])).toEqual({
      done: 0,
      failed: [{ name: 'invoice-2024-117.pdf', problem: 'another hash' }],
    });
  });

  test('what the engine could not scan again is told with its own words', async () => {
    const result = { done: 1, failed: [{ id: '2', problem: 'invoice.pdf.exe is quarantined, not held' }] };
    bridgeWith({ 'item-retry': () => ({ ok: true, result }) });
    const outcome = await rescan(['1', '2']);
    expect(failureText(outcome)).toBe('invoice.pdf.exe is quarantined, not held');
    await tellOutcome(['1', '2'], outcome, 'acts.done.rescanned');
    const { toasts } = useToasts.getState();
    expect(toasts.map(({ kind }) => kind)).toEqual(['done', 'problem']);
    expect(toasts[1]?.text).toContain('1 of 2');
  });

  test('of ten thousand the folder is asked for first, and only the failures that are told are named', async () => {
    const ids = Array.from({ length: 10_000 }, (_, at) => String(at + 1));
    const { asked, all } = bridgeWith({ 'kept-restore': () => refused('there is a file already') });
    const outcome = await restoreKept(ids.slice(0, 40), 'asked for');
    expect(all()[0]).toBe('choose-paths');
    expect(outcome?.failed).toHaveLength(40);
    const { asked: asking } = bridgeWith({ 'kept-delete': () => refused('it is not kept') });
    const lost = await deleteKept(ids, 'test');
    expect([lost.done, lost.failed.length, asking('kept-delete').length]).toEqual([0, 10_000, 10_000]);
    expect(asking('item-page').length).toBeLessThan(10);
    expect(asked('kept-restore')).toHaveLength(40);
  });

  test('an engine that ends in the middle is waited for, and asked again where the file goes to', async () => {
    useEngine.setState({ state: { kind: 'running', pid: 1, joined: false } });
    let left = 1;
    const { asked } = bridgeWith({
      'kept-restore': ({ id }) => {
        if (id !== '2' || left === 0) return null;
        left -= 1;
        useEngine.setState({ state: { kind: 'restarting', problem: 'killed', attempt: 1 } });
        setTimeout(() => useEngine.setState({ state: { kind: 'running', pid: 2, joined: false } }), 300);
        return { ok: false, error: { code: 'ENGINE_GONE', message: 'the engine ended', retryable: true } };
      },
    });
    expect(await restoreKept(['1', '2', '3'], 'test')).toEqual({ done: 3, failed: [] });
    const twice = asked('kept-restore').filter((params) => (params as { id: string }).id === '2');
    expect(twice).toHaveLength(2);
    expect(twice[0]).toEqual(twice[1]);
  });

  test('an engine that does not come back is no reason to ask for ever', async () => {
    useEngine.setState({ state: { kind: 'failed', problem: 'it ended too often' } });
    const gone: Answer = { ok: false, error: { code: 'ENGINE_GONE', message: 'it does not run', retryable: false } };
    const { asked } = bridgeWith({ 'kept-delete': () => gone, 'item-page': () => gone });
    expect(await deleteKept(['1'], 'test')).toEqual({
      done: 0,
      failed: [{ name: '#1', problem: 'it does not run' }],
    });
    expect(asked('kept-delete')).toHaveLength(1);
  });

  test('a single failure is thrown for the dialog that asked', async () => {
    bridgeWith();
    const outcome = { done: 0, failed: [{ name: 'a.txt', problem: 'the target exists' }] };
    await expect(tellOrThrow(['1'], outcome, 'acts.done.restored')).rejects.toThrow('a.txt: the target exists');
  });

  test('many failures are told by the first names and a count', () => {
    const failed = Array.from({ length: 8 }, (_, at) => ({ name: `f${at}`, problem: 'no' }));
    expect(failureText({ done: 0, failed })).toMatch(/^f0: no · .*f4: no · and 3 more$/);
  });
});
