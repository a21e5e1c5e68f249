/** A piece of a text: words, or an address that a person can open. */
export interface Piece {
  readonly text: string;
  readonly link: boolean;
}

const ADDRESS = /https:\/\/[^\s<>"'()]*[^\s<>"'().,;:!?]/g;

/** Finds the https addresses of a text; nothing else is ever made a link. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    if (index > at) pieces.push({ text: text.slice(at, index), link: false });
    pieces.push({ text: address, link: URL.canParse(address) });
    at = index + address.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), link: false });
  return pieces;
}
