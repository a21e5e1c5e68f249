import { randomBytes } from 'node:crypto';
import { messageOf, SinkError } from '../base/errors';
import type { S3Destination } from '../contract/settings';
import {
  type Condition,
  putAgain,
  putInParts,
  readBack,
  remove,
  storeProbe,
  type TestObject,
} from './destination-test-object';
import { type Found, type Step, TEST_PREFIX, type TestResult } from './destination-test-steps';
import { firstThatWorks } from './destination-test-variants';
import { loadKit, type S3Kit, type Timeouts } from './s3/client';
import { s3Error } from './s3/errors';

/** What the test left is taken away also when its own time is over. */
const TIDY_MS = 10_000;

/** Settings that decide how a server is spoken to. */
const HOW = ['region', 'pathStyle', 'checksums'] as const;

const differences = (given: S3Destination, used: S3Destination) =>
  HOW.filter((key) => given[key] !== used[key]).map((key) => `${key}: ${used[key]}`);

/** Tries an S3 destination with one small object, and finds how its server wants to be spoken to. */
export async function testS3(given: S3Destination, signal: AbortSignal, timeouts: Timeouts): Promise<TestResult> {
  const steps: Step[] = [];
  const found: Found = {};
  const where = `bucket ${given.bucket}`;
  const object: TestObject = {
    Bucket: given.bucket,
    Key: `${given.prefix}${TEST_PREFIX}${randomBytes(8).toString('hex')}`,
    body: randomBytes(1024),
  };
  const tell = (error: unknown) => messageOf(s3Error(error, where));
  const attempt = async <T>(
    name: Step['name'],
    work: () => Promise<T>,
    said: (result: T) => string,
  ): Promise<T | null> => {
    try {
      const result = await work();
      steps.push({ name, ok: true, detail: said(result) });
      return result;
    } catch (error) {
      steps.push({ name, ok: false, detail: tell(error) });
      return null;
    }
  };

  const key = await attempt(
    'credentials',
    () => accessKey(given, timeouts, signal),
    (id) => `Credentials were found; their key ends in ${id.slice(-4)}.`,
  );
  if (key === null) return { ok: false, steps, found };

  const kits: S3Kit[] = [];
  try {
    const tried = await firstThatWorks(given, (settings) => stored(settings, object, timeouts, signal, kits), signal);
    if ('failure' in tried) {
      const { settings, error } = tried.failure;
      const other = differences(given, settings);
      const note = other.length === 0 ? '' : ` (tried with ${other.join(', ')})`;
      steps.push({ name: 'upload', ok: false, detail: `${tell(error)}${note}` });
      return { ok: false, steps, found };
    }
    const { kit, settings } = tried.result;
    Object.assign(found, Object.fromEntries(HOW.map((name) => [name, settings[name]])));
    const other = differences(given, settings);
    const set = other.length === 0 ? '' : ` It works with other settings than given: set ${other.join(', ')}.`;
    steps.push({ name: 'upload', ok: true, detail: `An object was stored with its hash beside it.${set}` });

    await attempt(
      'read-back',
      () => readBack(kit, object, signal),
      () => 'The object came back byte for byte.',
    );
    const one = await attempt('conditional-put', () => putAgain(kit, object, signal), conditionWords);
    const parts = await attempt(
      'large-files',
      () => putInParts(kit, object, signal),
      (condition) =>
        condition === 'honoured' || one !== 'honoured'
          ? 'Large files can go up in parts.'
          : 'Large files can go up in parts; only there the server does not refuse to replace an object.',
    );
    if (one !== null && parts !== null) found.conditionalPut = judge(given, one, parts, steps);
    const ok = steps.every((step) => step.ok || step.name === 'conditional-put');
    await attempt(
      'delete',
      () => remove(kit, object, AbortSignal.timeout(TIDY_MS)),
      () => 'Nothing of the test was left there.',
    );
    explainLeft(steps, object);
    return { ok, steps, found };
  } finally {
    for (const { client } of kits) client.destroy();
  }
}

async function accessKey(settings: S3Destination, timeouts: Timeouts, signal: AbortSignal): Promise<string> {
  const { client } = await loadKit(settings, timeouts);
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return (await Promise.race([client.config.credentials(), aborted])).accessKeyId;
  } finally {
    client.destroy();
  }
}

/** Stores the object in the way that the settings say; what arrived wrong is taken back before this rejects. */
async function stored(
  settings: S3Destination,
  object: TestObject,
  timeouts: Timeouts,
  signal: AbortSignal,
  kits: S3Kit[],
): Promise<{ kit: S3Kit; settings: S3Destination }> {
  const kit = await loadKit(settings, timeouts);
  kits.push(kit);
  try {
    await storeProbe(kit, object, settings.checksums === 'when_supported', signal);
    return { kit, settings };
  } catch (error) {
    if (error instanceof SinkError) await remove(kit, object, AbortSignal.timeout(TIDY_MS)).catch(() => undefined);
    throw error;
  }
}

const WORDS: Record<Condition, string> = {
  honoured: 'The server refuses to replace an object when asked to.',
  ignored: 'The server replaces an object although asked not to; with "conditionalPut: auto" Dropgate looks first.',
  refused: 'The server does not know conditional puts; with "conditionalPut: off" Dropgate looks first.',
};
const conditionWords = (condition: Condition) => WORDS[condition];

/** The setting that works. With "on" the server alone protects what is there: then it must do so everywhere. */
function judge(given: S3Destination, one: Condition, parts: Condition, steps: Step[]): 'auto' | 'on' | 'off' {
  if (one === 'refused' || parts === 'refused') {
    if (given.conditionalPut === 'on') blame(steps);
    return 'off';
  }
  if (one === 'honoured' && parts === 'honoured') return given.conditionalPut === 'on' ? 'on' : 'auto';
  if (given.conditionalPut === 'on') blame(steps);
  return 'auto';
}

function blame(steps: Step[]): void {
  const index = steps.findIndex(({ name }) => name === 'conditional-put');
  const step = steps[index];
  if (step === undefined) return;
  const detail = `${step.detail} "conditionalPut: on" does not work here.`;
  steps[index] = { ...step, ok: false, detail };
}

/** Forwarding works without the right to delete; what lies there then is named. */
function explainLeft(steps: Step[], { Bucket, Key }: TestObject): void {
  const last = steps.at(-1);
  if (last === undefined || last.ok) return;
  const left = `s3://${Bucket}/${Key} was left there; remove it by hand. Dropgate deletes only what arrived wrong`;
  steps[steps.length - 1] = { ...last, detail: `${left}: ${last.detail}` };
}
