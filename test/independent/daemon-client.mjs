// A client of the detection daemon, written from the published documents of API v1.0 alone: plain fetch, nothing of this program.
// node daemon-client.mjs URL TOKEN NAME (of a file in its shared folder)
//   definitions that the daemon must have: text/plain (report "true"), text/x-init (install "false", report "true"),
//   text/x-fail (scripts ["false"], report "true"), text/x-wait (report "sleep 30")
// Prints one line for each request; exits with 1 when an answer is not what the documents say.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

const [url, token, name] = process.argv.slice(2);
const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
let checked = 0;

/** @param {string} method @param {string} path @param {RequestInit} [init] */
async function ask(method, path, init = {}) {
  const response = await fetch(`${url}${path}`, { method, ...init, headers: { ...headers, ...init.headers } });
  const text = await response.text();
  checked += 1;
  console.log(`${response.status} ${method} ${path}`);
  return { status: response.status, text };
}

/** The documents' key, in the spelling that they have in most places; the other one must say the same. */
function documented(text) {
  const { id, initied, inited, scanned, reported, deleted } = JSON.parse(text);
  assert.equal(inited, initied);
  return { id, initied, scanned, reported, deleted };
}

/** @param {Record<string, unknown>} changes */
const info = (changes) => ({
  name,
  mime: 'text/plain',
  uuid: randomUUID(),
  report: 'true',
  shared: 'text/plain',
  inited: false,
  workdir: '.',
  environ: {},
  install: [],
  scripts: [],
  ...changes,
});

/** @param {Record<string, unknown>} changes */
async function scan(changes) {
  const body = info(changes);
  const answer = await ask('POST', '/api/v1.0/scan', {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
  return { id: String(body.uuid), ...answer };
}

/** @param {{status: number, text: string}} answer @param {number} status @param {string} message */
function failed(answer, status, message) {
  assert.equal(answer.status, status);
  const body = JSON.parse(answer.text);
  assert.equal(body.status, status);
  assert.equal(typeof body.error, 'string');
  assert.equal(body.message, message);
}

// help
for (const path of ['/api', '/api/v1.0']) {
  const help = await ask('GET', path);
  assert.equal(help.status, 200);
  assert.match(help.text, /^BroAPT Daemon API(v1\.0)? Usage:/);
  for (const line of [
    '- GET /api/v1.0/list',
    '- GET /api/v1.0/report/<id>',
    '- POST /api/v1.0/scan data={"key": "value"}',
    '- DELETE /api/v1.0/delete/<id>',
  ]) {
    assert.ok(help.text.includes(line), line);
  }
}
assert.equal((await ask('GET', '/api/v1.0/report')).text.trim(), 'ID Required: /api/v1.0/report/<id>');
assert.equal((await ask('DELETE', '/api/v1.0/delete')).text.trim(), 'ID Required: /api/v1.0/delete/<id>');

// nothing known yet
assert.deepEqual(JSON.parse((await ask('GET', '/api/v1.0/list')).text), []);
const unknown = randomUUID();
failed(await ask('GET', `/api/v1.0/report/${unknown}`), 404, 'ID not found');
assert.deepEqual(documented((await ask('DELETE', `/api/v1.0/delete/${unknown}`)).text), {
  id: unknown,
  initied: null,
  scanned: null,
  reported: null,
  deleted: true,
});
failed(await ask('GET', '/api/v1.0/report/no-id'), 400, 'invalid ID format');
failed(await ask('DELETE', '/api/v1.0/delete/no-id'), 400, 'invalid ID format');

// what a scan must say
failed(await ask('POST', '/api/v1.0/scan'), 400, 'invalid info format');
failed(await ask('POST', '/api/v1.0/scan', { body: 'name=x' }), 400, 'invalid info format');
for (const key of Object.keys(info({}))) failed(await scan({ [key]: undefined }), 400, 'invalid info format');
failed(await scan({ uuid: 'no-id' }), 400, 'invalid ID format');

// detections: success, failure when initialising, failure when processing
const ends = [
  { posted: {}, initied: true, reported: true },
  { posted: { mime: 'text/x-init', shared: 'text/x-init', install: 'false' }, initied: false, reported: false },
  { posted: { mime: 'text/x-fail', scripts: ['false'] }, initied: true, reported: false },
];
for (const { posted, initied, reported } of ends) {
  const { id, status, text } = await scan(posted);
  assert.equal(status, 200);
  assert.deepEqual(documented(text), { id, initied, scanned: true, reported, deleted: false });
  const known = { id, initied: null, scanned: true, reported };
  assert.deepEqual(documented((await ask('GET', `/api/v1.0/report/${id}`)).text), { ...known, deleted: false });
  const list = JSON.parse((await ask('GET', '/api/v1.0/list')).text);
  assert.deepEqual(
    list.map((one) => documented(JSON.stringify(one))),
    [{ ...known, deleted: false }],
  );
  assert.deepEqual(documented((await ask('DELETE', `/api/v1.0/delete/${id}`)).text), { ...known, deleted: true });
  failed(await ask('GET', `/api/v1.0/report/${id}`), 404, 'ID not found');
}

// a detection that runs
const running = info({ mime: 'text/x-wait', report: 'sleep 30' });
const pending = ask('POST', '/api/v1.0/scan', {
  body: JSON.stringify(running),
  headers: { 'content-type': 'application/json' },
});
const state = { id: running.uuid, initied: null, reported: null };
for (;;) {
  const answer = await ask('GET', `/api/v1.0/report/${running.uuid}`);
  if (answer.status === 404) continue;
  assert.deepEqual(documented(answer.text), { ...state, scanned: false, deleted: false });
  break;
}
const list = JSON.parse((await ask('GET', '/api/v1.0/list')).text);
assert.deepEqual(
  list.map((one) => documented(JSON.stringify(one))),
  [{ ...state, scanned: true, deleted: false }],
);
const deleted = await ask('DELETE', `/api/v1.0/delete/${running.uuid}`);
assert.deepEqual(documented(deleted.text), { ...state, scanned: false, deleted: true });
assert.notEqual((await pending).status, 200);
console.log(`${checked} requests answered as documented`);
