import { CLAUSES, FRENCH } from './french/catalogue';

/** A sentence of the catalogue, made to be found in a text. */
interface Sentence {
  /** What a text begins with, to say no quickly. */
  readonly beginning: string;
  readonly shape: RegExp;
  readonly french: string;
  /** Letters of its own, without those of its places. */
  readonly letters: number;
}

/** A text in French, and how many letters of it the catalogue knew. */
interface Said {
  readonly french: string;
  readonly letters: number;
}

const PLACE = /\{(\w+)\}/g;
/** Longer lines, and those in which more clauses are to be looked up, were made to be hard to read. */
const MOST_CHARACTERS = 1000;
const MOST_CLAUSES = 40;
/** With fewer known letters a text is taken for one that nobody here wrote. */
const LEAST_LETTERS = 6;
const MOST_REMEMBERED = 1000;

const remembered = new Map<string, string>();
let sentences: readonly Sentence[] | null = null;

/**
 * What engine or shell told, in English, as the window, a notice or an exported document says it in `language`. The English text
 * is the key, as its pattern in FRENCH: so it is all that crosses sockets, threads and processes and stands in ledgers
 * and reports, and what an older version wrote is read too. What is in no pattern stays English.
 */
export function toldIn(language: 'en' | 'fr', text: string): string {
  if (language === 'en') return text;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const french = text.split('\n').map(lineInFrench).join('\n');
  remembered.set(text, french);
  return french;
}

function lineInFrench(line: string): string {
  const said = line.length > MOST_CHARACTERS ? null : new Reading().inFrench(line);
  return said === null || said.letters < LEAST_LETTERS ? line : said.french;
}

/** The reading of one line. */
class Reading {
  private readonly looked = new Map<string, Said | null>();

  /** Of several sentences that a text can be, the one that explains most of it; null when there is none. */
  inFrench(text: string): Said | null {
    const known = this.looked.get(text);
    if (known !== undefined) return known;
    if (this.looked.size >= MOST_CLAUSES) return null;
    this.looked.set(text, null);
    let best: Said | null = null;
    sentences ??= makeSentences();
    for (const sentence of sentences) {
      if (!text.startsWith(sentence.beginning)) continue;
      const match = sentence.shape.exec(text);
      if (match === null) continue;
      const said = this.fill(sentence, match.groups ?? {});
      if (said.letters > (best?.letters ?? 0)) best = said;
    }
    this.looked.set(text, best);
    return best;
  }

  private fill(sentence: Sentence, values: Readonly<Record<string, string>>): Said {
    let { letters } = sentence;
    const french = sentence.french.replaceAll(PLACE, (_place, name: string) => {
      const value = values[name] ?? '';
      const clause = CLAUSES.has(name) ? this.clauseInFrench(value) : null;
      letters += clause?.letters ?? 0;
      return clause?.french ?? value;
    });
    return { french, letters };
  }

  /** A clause may be a whole sentence that lost its full stop. */
  private clauseInFrench(text: string): Said | null {
    const said = this.inFrench(text);
    const whole = this.inFrench(`${text}.`);
    if (whole === null || whole.letters <= (said?.letters ?? 0)) return said;
    return { ...whole, french: whole.french.replace(/\.$/, '') };
  }
}

/** Of two that explain the same, the one with more signs of its own comes first. */
function makeSentences(): readonly Sentence[] {
  const literals = (english: string) => english.replaceAll(PLACE, '').length;
  const entries = Object.entries(FRENCH).sort(([one], [other]) => literals(other) - literals(one));
  return entries.map(([english, french]) => {
    const parts = english.split(PLACE).map((part, index) => (index % 2 === 0 ? literally(part) : `(?<${part}>.*?)`));
    return {
      beginning: english.replace(/\{.*$/, ''),
      shape: new RegExp(`^${parts.join('')}$`, 's'),
      french,
      letters: english.replaceAll(PLACE, '').replaceAll(/\P{L}/gu, '').length,
    };
  });
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
