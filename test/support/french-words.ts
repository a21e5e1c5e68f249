/** Words that English sentences of Dropgate are made of and French ones are not. */
const ENGLISH =
  /(?<![\w./-])(the|is|are|was|were|not|and|because|cannot|could|folder|which|so|nothing|found|looked|failed|been|has|its|it|be|of|to|with|this|that|bytes|more|than|proves|clean)(?![\w./-])/i;

/** The first English word in a text that is to be French; null when there is none. Names in it must be made up. */
export function englishIn(text: string): string | null {
  return ENGLISH.exec(text)?.[0] ?? null;
}
