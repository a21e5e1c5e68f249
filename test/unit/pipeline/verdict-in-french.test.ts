import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src-main/contract/finding';
import { toldIn } from '../../../src-main/contract/told';
import { sentences } from '../../../src-main/pipeline/verdict-sentences';
import { englishIn } from '../../support/french-words';

const finding: Finding = {
  probe: 'yara',
  name: 'Eicar_Test',
  severity: 'malicious',
  category: 'malware',
  guidance: [],
};
const shaped: Finding = { ...finding, category: 'disguise' };
const { nothing, onlyNotes, onlyAllowed, onlyExcepted } = sentences;
const found = [nothing(), onlyNotes(), onlyAllowed(), onlyExcepted('ours')];
const clean = (titles: readonly string[], required: number, members: number) =>
  found.map((words) => sentences.clean(titles, required, members, words));

/** What every way to decide says, in each of its forms. */
const SAID: Readonly<Record<keyof typeof sentences, readonly string[]>> = {
  denied: [sentences.denied('Sonde', [finding])],
  malicious: [sentences.malicious('ClamAV', [finding]), sentences.malicious('ClamAV', [shaped, finding])],
  suspicious: [sentences.suspicious('YARA', [finding, finding])],
  member: [
    sentences.member('a.txt', 'infected', sentences.malicious('ClamAV', [finding])),
    sentences.member('a.txt', 'suspicious', sentences.suspicious('YARA', [finding, finding])),
    sentences.member('a.txt', 'not proven clean', sentences.late('YARA')),
  ],
  notTaken: [sentences.notTaken('it has 7 bytes, more than the 5 that limits.fileBytes allows')],
  missing: [sentences.missing('ClamAV', 'it is not ready')],
  failed: [sentences.failed('YARA', 'the YARA process died on this file (signal SIGKILL)')],
  engineDied: [sentences.engineDied(10)],
  late: [sentences.late('YARA')],
  contradictory: [sentences.contradictory('YARA')],
  cancelled: [sentences.cancelled('YARA')],
  incomplete: [sentences.incomplete('Archive', 'the member a.doc is encrypted, and no known password opens it')],
  noRequired: [sentences.noRequired()],
  notForAny: [sentences.notForAny()],
  twice: [sentences.twice('yara')],
  gateClosed: [sentences.gateClosed('ClamAV', 'ClamAV overlooked its own test file')],
  clean: [
    ...clean(['YARA'], 1, 0),
    ...clean(['YARA'], 2, 1),
    ...clean(['YARA', 'ClamAV'], 2, 2),
    ...clean(['YARA', 'ClamAV'], 3, 0),
  ],
  opened: [sentences.opened('ClamAV', 1), sentences.opened('ClamAV', 2)],
  nothing: [],
  onlyNotes: [],
  onlyAllowed: [],
  onlyExcepted: [],
};

describe('the sentence of a verdict in French', () => {
  it.each(Object.values(SAID).flat())('leaves nothing English: %s', (english) => {
    const french = toldIn('fr', english);
    expect(french).not.toBe(english);
    expect(englishIn(french)).toBeNull();
  });

  it('has all that the English one tells: probes, findings, numbers', () => {
    expect(toldIn('fr', sentences.suspicious('YARA', [finding, finding, finding]))).toBe(
      'YARA a trouvé « Eicar_Test (et 2 de plus) », qui est suspect.',
    );
    expect(
      toldIn('fr', sentences.incomplete('Archive', 'the member a.doc is encrypted, and no known password opens it')),
    ).toBe(
      'La sonde Archive n’a pas examiné tout le fichier : le fichier contenu a.doc est chiffré, et aucun mot de passe connu ne l’ouvre.',
    );
  });
});
