import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FRENCH } from '../../../src-main/contract/french/catalogue';
import { toldIn } from '../../../src-main/contract/told';
import {
  CARRIED,
  CONTAINER_TYPES,
  OPENERS,
  SIGNATURES,
  TAIL_SIGNATURES,
} from '../../../src-main/probes/archive/container-kinds';
import { ARCHIVE_FINDINGS } from '../../../src-main/probes/archive/scan-notes';
import { FINDINGS as DISGUISES } from '../../../src-main/probes/file-type/tables';
import { englishIn } from '../../support/french-words';
import { sentencesIn } from '../../support/told-sentences';

const root = join(__dirname, '..', '..', '..');
const FOLDERS = ['pipeline', 'intake', 'probes', 'sinks', 'engine', 'base', 'shell'];

/** Names of file types, lines of protocols and of a command's own, words of exported documents and of the shell (which have two languages), styles, policies. */
const OTHER_WORDS =
  /^(intake\/file-type|probes\/(archive\/(container-kinds|find-container|canary)|file-type\/tables|hash-list\/canary|icap\/requests|canary-files)|pipeline\/reading\/export-(words|html)|shell\/(words|content-policy|app-files|app-protocol)|probes\/orphan-watch|pipeline\/verdict-sentences|engine\/daemon-settings)/;

/** Sentences that are put together from parts, with what comes out. verdict-sentences.ts has a test of its own. */
const COMPOSED: Readonly<Record<string, string>> = {
  '{}: {}; write it, or set probes.command.apis': '/x/api.yml does not exist; write it, or set probes.command.apis',
  '{}: is too large; write at most 4 MiB': '/x/api.yml: is too large; write at most 4 MiB',
  'is no type; write <media>/<subtype> such as application/{}, or one of {}, {}':
    '/x/api.yml: pdf: is no type; write <media>/<subtype> such as application/pdf, or one of a, b',
  'unknown key; the keys here are {}': '/x/api.yml: text/plain.script: unknown key; the keys here are remote, workdir',
  'exit code {}{}': 'report 1 of text/plain failed in attempt 3: exit code 2: x',
  'not every folder can be listened to ({}): {}; {}':
    'not every folder can be listened to (ENOSPC): raise fs.inotify.max_user_watches; until then the folder is searched every few seconds',
  '; and {} more': 'its comment is cut off; its two end records disagree; and 3 more',
  'clamd at {} does not find the EICAR test file{}; look at its signature database (freshclam) and its log, and restart it':
    'clamd at /x does not find the EICAR test file: "OK"; look at its signature database (freshclam) and its log, and restart it',
  '{} list {}': 'the deny list /x holds no hash',
  'the {} is being indexed{}': 'the deny list /x is being indexed (45 %)',
  '{} (32, 40 or 64 digits are MD5, SHA-1, SHA-256) in {}':
    '12 hexadecimal digits are no hash (32, 40 or 64 digits are MD5, SHA-1, SHA-256) in "x"',
  '{} are free.': '1.5 GiB are free.',
  'the name is "{}", the true ending {}, the content: {}':
    'the name is "a", the true ending .exe, the content: PE32 executable',
  'An object was stored with its hash beside it.{}':
    'An object was stored with its hash beside it. It works with other settings than given: set pathStyle: true.',
  's3://{}/{} was left there; remove it by hand. Dropgate deletes only what arrived wrong':
    's3://a/b was left there; remove it by hand. Dropgate deletes only what arrived wrong: bucket a: access is denied; check credentials, bucket policy and the clock (403 AccessDenied)',
  'its {} cannot be read': 'the CaRT file is damaged: its footer cannot be read',
  'the CaRT file is damaged: its header was changed': 'the CaRT file is damaged: its header was changed',
  'the CaRT file is damaged: header and footer tell different hashes':
    'the CaRT file is damaged: header and footer tell different hashes',
  '{} {}; write another folder': '/x lies in the held folder; write another folder',
  'the key {}stands here a second time; write it once':
    'line 3, column 1: the key "x" stands here a second time; write it once',
  '{}; write at most {}': 'is 700; write at most 100',
  '{}; write {} {}': 'is 0; write at least 1',
  'a stream cannot be unpacked (LZW)': 'a stream cannot be unpacked (LZW)',
  'this system has no key store that is open; {}':
    'this system has no key store that is open; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or use ~/.aws/credentials, instead',
  'no key store (GNOME keyring, KWallet) runs on this desktop, and without one a secret would be readable by anybody; {}':
    'no key store (GNOME keyring, KWallet) runs on this desktop, and without one a secret would be readable by anybody; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or use ~/.aws/credentials, instead',
};

/** What no window shows: mistakes of the program, words for logs, terminals and files, and names that stay. */
const NOT_TOLD = [
  'a part of an upload is no buffer',
  "{}: ordered by DROPGATE_FAULT_FILES, {} '{}'",
  "Can't allocate required memory",
  "{}: ordered by DROPGATE_FAULT_FILES, {} '{}'",
  'item {} has no target',
  'item {} is not a clean staged file',
  '{} is pending',
  'a verdict was asked for while {} is pending',
  'a piece of an index is too large',
  'bucket {}',
  "{}: ordered by DROPGATE_FAULT_FILES, {} '{}'",
  'sweep after the computer slept',
  'choosing files',
  'item {} has no verdict to report',
  'item {} is not staged',
  'item {} has no source',
  'the default profile is missing',
  'two probes are called {}',
  'unreadable submission {}',
  'canary of {} bytes',
  'the spill file ended early',
  'Hash lists',
  'File type',
  'DROPGATE_YARA_ENGINE asks for it',
  '{} at {}',
  'not a request',
  'the answer belongs to another request',
  'an answer that nobody asked for',
  'gate {}',
  "{}: ordered by DROPGATE_FAULT_FILES, {} '{}'",
  'held files could not be looked at',
  'sources of moved files could not be looked at',
  'what ended could not be made ready for searching',
  'what is old could not be pruned',
  'the ledger could not be backed up',
  'staging could not be looked at',
  "{}: ordered by DROPGATE_FAULT_FILES, {} '{}'",
  '{}: {} and {} more',
  'watch: {}',
  'the resources folder of this installation is missing',
  '# The configuration of Dropgate: written by its window, yours to edit. Every key is optional; what is not here has its\n# default. Relative paths begin at the folder of this file.\n',
  '{} as {}',
  'changed meanwhile',
  'dropgate {}',
  'unreachable: {}',
  '{}: not a JSON line',
  'text/html; charset=utf-8',
  'No Node 24 was named to run the engine.\n\nFrom a checkout, start the window with "npm start"; a packaged program brings its own.',
  'unexpected error in the window: {}',
  '{} cannot be read and was put aside as {}.broken: {}',
  '{} cannot be put aside: {}',
  'the kept secrets cannot be read: {}',
  'the kept secret {} cannot be read ({}); enter it again in Destinations',
  'this desktop shows no tray icon: {}',
  "the window's place was not kept: {}",
  'the page was not loaded: {}',
  "the page's process ended: {}",
  'relative path',
  'working folder',
  'icon target',
  '%PDF: decoded objects and streams\n',
  'There are data after the end of archive',
  '7-Zip {}{}',
  'Break signaled',
  'Break signaled\n',
  'Bearer {}',
  '{}, definitions {}',
  '{} {}, attempt {}: {}',
  'posted {}',
  'exit, json',
  'key, values',
  'name, severity, category, guidance',
  'one of them is empty',
  'one of them holds a NUL',
  'leaves the root of all APIs',
  'may not be set by a request; set it in the api.yml of the worker',
];

const found = sentencesIn(root, FOLDERS).filter(({ file }) => !OTHER_WORDS.test(file));
const shapes = Object.keys(FRENCH).map((pattern) => pattern.replaceAll(/\{\w+\}/g, '{}'));

/** Of the kinds of files, those that a sentence can name: nobody opens them, or not when they are too large for a parser. */
const named = [
  ...[...SIGNATURES, ...TAIL_SIGNATURES, ...CARRIED].map(({ kind }) => kind),
  ...Object.values(CONTAINER_TYPES),
  ...Object.keys(OPENERS),
].filter((kind) => ['child', undefined].includes(OPENERS[kind]?.by));

describe('the French of the sentences in the source', () => {
  it('is there for each: a new one is added to src-main/contract/french', () => {
    const missing = found.filter(
      ({ shape }) =>
        !(shape in COMPOSED) && !NOT_TOLD.includes(shape) && !shapes.some((known) => known.includes(shape.trim())),
    );
    expect(missing).toEqual([]);
    expect(found.length).toBeGreaterThan(300); // the sources were read at all
  });

  it('is there for each kind of file that is not opened', () => {
    expect([...new Set(named)].filter((kind) => !(kind in FRENCH))).toEqual([]);
  });

  it('is there for the name of each finding of our own', () => {
    expect([...ARCHIVE_FINDINGS, ...Object.keys(DISGUISES)].filter((name) => !(name in FRENCH))).toEqual([]);
  });

  it('is there for what each bundled rule says', () => {
    const folder = join(root, 'resources', 'rules');
    const rules = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const said = rules.flatMap((text) =>
      [...text.matchAll(/^\s*description = "(.*)"$/gm)].map(([, words]) => words ?? ''),
    );
    expect(said.length).toBeGreaterThan(100); // the rules were read at all
    expect(said.filter((words) => !(words in FRENCH))).toEqual([]);
  });

  it('has no exception that is needed no more', () => {
    const said = new Set(found.map(({ shape }) => shape));
    expect([...Object.keys(COMPOSED), ...NOT_TOLD].filter((shape) => !said.has(shape))).toEqual([]);
  });

  it.each(Object.values(COMPOSED))('says what is put together from parts: %s', (english) => {
    expect(englishIn(toldIn('fr', english).replaceAll(/"[^"]*"/g, ''))).toBeNull();
  });
});
