import { describe, expect, it } from 'vitest';
import { FRENCH } from '../../../src-main/contract/french/catalogue';
import { toldIn } from '../../../src-main/contract/told';
import { englishIn } from '../../support/french-words';

const entries = Object.entries(FRENCH);
const placesOf = (pattern: string) => [...pattern.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
const shapeOf = (pattern: string) => pattern.replaceAll(/\{\w+\}/g, '{}');
const inFrench = (text: string) => toldIn('fr', text);

/** The pattern with a value in each place that is no sentence itself. */
const filled = (pattern: string) => pattern.replaceAll(/\{(\w+)\}/g, (_place, name: string) => `<${name}7>`);

describe('the French of what engine and shell tell', () => {
  it.each(entries)('has the same places, each once: %s', (english, french) => {
    expect(placesOf(french).sort()).toEqual(placesOf(english).sort());
    expect(new Set(placesOf(english)).size).toBe(placesOf(english).length);
  });

  it('has every shape once, leaves nothing empty, shouts nothing and has no English in it', () => {
    const shapes = entries.map(([english]) => shapeOf(english));
    expect(shapes.filter((shape, index) => shapes.indexOf(shape) !== index)).toEqual([]);
    expect(entries.filter(([, french]) => french.trim() === '' || french.includes('!'))).toEqual([]);
    const plain = entries.map(([, french]) => french.replaceAll(/\{\w+\}|« [^»]* »|\[[^\]]*\]|\([^)]*\)/g, ''));
    expect(plain.filter((french) => englishIn(french) !== null)).toEqual([]);
  });

  it.each(entries.filter(([english]) => shapeOf(english).replaceAll(/[^a-z]/gi, '').length > 7))(
    'finds every sentence again, with what was put into it: %s',
    (english, french) => {
      expect(inFrench(filled(english))).toBe(filled(french));
    },
  );
});

describe('a told text', () => {
  it('stays as it is in English, and in French where nobody knows it', () => {
    expect(toldIn('en', 'it was cancelled')).toBe('it was cancelled');
    expect(inFrench('Segfault at 0x0: is this the end?')).toBe('Segfault at 0x0: is this the end?');
    expect(inFrench('')).toBe('');
    expect(inFrench('ENOENT: no such file or directory (errno -2)')).toBe(
      'ENOENT: no such file or directory (errno -2)',
    );
  });

  it.each([
    [
      'The gate is closed because of ClamAV (clamd at /run/x.ctl cannot be reached: the socket does not exist; start clamd (systemctl start clamav-daemon) or correct probes.clamav.socket), so nothing proves this file clean.',
      'Le sas est fermé à cause de ClamAV (clamd sur /run/x.ctl est hors d’atteinte : le socket n’existe pas ; démarrez clamd (systemctl start clamav-daemon) ou corrigez probes.clamav.socket) : rien ne prouve que ce fichier est sain.',
    ],
    [
      'The member b.zip is infected: The member eicar.com is infected: ClamAV found Eicar-Test, which is known malware.',
      'Le fichier contenu b.zip est infecté : Le fichier contenu eicar.com est infecté : ClamAV a trouvé « Eicar-Test », qui est un logiciel malveillant connu.',
    ],
    [
      'All 5 required probes looked at the whole file and its 12 members and found nothing but what an analyst has excepted (ours).',
      'Les 5 sondes requises ont examiné tout le fichier et les 12 fichiers qu’il contient et n’ont rien trouvé qu’un analyste n’ait excepté (ours).',
    ],
    [
      'waiting for destination outbox: /x/y cannot be written: the disk is full; make room there',
      'en attente de la destination outbox : /x/y : l’écriture est impossible : le disque est plein ; faites-y de la place',
    ],
    [
      'deny list /x.txt, line 3: no MD5, SHA-1 or SHA-256 hash in "zebra"; allow list /y.txt is missing',
      'liste d’interdiction /x.txt, ligne 3 : aucune empreinte MD5, SHA-1 ou SHA-256 dans "zebra" ; liste d’autorisation /y.txt : ce fichier est absent',
    ],
    [
      'Archive did not look at the whole file, because this version does not open its format (old RAR archive).',
      'La sonde Archive n’a pas examiné tout le fichier : cette version n’ouvre pas son format (ancienne archive RAR).',
    ],
    [
      'Starts PowerShell with a long hidden command in Base64 ($start at 12, $code at 80, $code at 90, ...)',
      'Lance PowerShell avec une longue commande cachée en Base64 ($start à 12, $code à 80, $code à 90, ...)',
    ],
    [
      'its store of small sectors leads out of the file; at byte 7: it is cut off; 7-Zip says: exit code 2; and 3 more',
      'sa réserve de petits secteurs mène hors du fichier ; à l’octet 7 : il est tronqué ; 7-Zip dit : code de sortie 2 ; et 3 de plus',
    ],
  ])('says what is in it in French too: %s', (english, french) => {
    expect(inFrench(english)).toBe(french);
  });

  it('keeps what a probe, a system or a person said', () => {
    expect(inFrench('YARA failed on this file (YARA: could not map section 7), so nothing proves it clean.')).toBe(
      'La sonde YARA a échoué sur ce fichier (YARA : could not map section 7) : rien ne prouve qu’il est sain.',
    );
  });

  it('reads a sentence in which a place stayed empty', () => {
    expect(inFrench('YARA failed on this file (), so nothing proves it clean.')).toBe(
      'La sonde YARA a échoué sur ce fichier () : rien ne prouve qu’il est sain.',
    );
  });

  it('never reads names as patterns, and takes nothing away from them', () => {
    const name = 'a {why} $& $1 {kind} \\ . (b)';
    expect(inFrench(`The member ${name} is suspicious: YARA found x, which is suspicious.`)).toBe(
      `Le fichier contenu ${name} est suspect : YARA a trouvé « x », qui est suspect.`,
    );
  });

  it('answers at once about texts made to be hard to read', () => {
    const pieces = ['x is infected: The member ', '; ', ' (x; y: ', 'a found b, which is c. ', 'in the: a; b (c) '];
    for (const piece of pieces) {
      const hard = `The member ${piece.repeat(1000)}`.slice(0, 1000);
      expect(inFrench(hard).length).toBeGreaterThan(900);
    }
    expect(inFrench('x'.repeat(100_000))).toHaveLength(100_000);
  });
});
