import { damaged, fileNameOf, member, type Piece } from './pieces';
import { uuencodedFiles } from './transfer-coding';

/** Files that stand in a text as `uuencode` writes them (POSIX), in either of its alphabets. */
export function* uuencodedMembers(bytes: Buffer): Generator<Piece> {
  for (const { name, bytes: content, ended } of uuencodedFiles(bytes)) {
    yield member(fileNameOf(name), content);
    if (!ended) yield damaged('the end of a uuencoded file is missing');
  }
}
