/** Small letters that are taken for the Latin one at the start of their row, in capitals or not; a selection from Unicode UTS 39, confusables.txt. */
const LOOKALIKES = [
  ...['aаɑα', 'bьƅв', 'cсϲᴄ', 'dԁɗ', 'eеҽєε', 'gɡցɢ', 'hһհн', 'iіıɩιӏ', 'jјϳ', 'kкκ', 'lǀ', 'mм', 'nոπп', 'oоοօσ'],
  ...['pрρ', 'qԛզ', 'rгᴦ', 'sѕʂ', 'tтτ', 'uυսʋ', 'vѵν', 'wԝѡաω', 'xхχ', 'yуүγ', 'zᴢ', '3зȝ', '.。｡۔܂·•ꓸ'],
];

const LATIN: ReadonlyMap<string, string> = new Map(
  LOOKALIKES.flatMap(([latin = '', ...others]) => others.map((other) => [other, latin] as const)),
);

/** How a name reads to the eye: compatible forms, marks and look-alike letters as the plain Latin ones, in lower case. */
export function asSeen(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...plain].map((character) => LATIN.get(character) ?? character).join('');
}
