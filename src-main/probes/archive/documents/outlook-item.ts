import type { CompoundFile, CompoundStream } from './compound-file';
import { unpackRtf } from './compressed-rtf';
import { damaged, fileNameOf, member, type Piece } from './pieces';

/** Longest body that is turned into text. */
const MOST_BODY = 64 * 1024 * 1024;
const MOST_NAME = 2048;

/** Streams of an Outlook item are named by property and type ([MS-OXMSG] 2.2.4). */
const PROPERTY = '__substg1.0_';
const ATTACHMENT = '__attach_version1.0_';
const ATTACHMENT_DATA = `${PROPERTY}37010102`;
const NAMES = ['3707001F', '3707001E', '3704001F', '3704001E'].map((id) => PROPERTY + id);
const BODY_UNICODE = `${PROPERTY}1000001F`;
const BODY_RTF = `${PROPERTY}10090102`;
const BODY_HTML = `${PROPERTY}10130102`;

/** What of an Outlook item is there under another name or in another form than its stream: attachments and bodies. */
export function* outlookPart(file: CompoundFile, stream: CompoundStream): Generator<Piece> {
  const own = stream.path.at(-1);
  if (own === ATTACHMENT_DATA) yield member(attachmentName(file, stream), file.read(stream));
  if (own === BODY_HTML) yield member('body.html', file.read(stream));
  if (own === BODY_UNICODE) {
    yield member('body.txt', Buffer.from(file.start(stream, MOST_BODY).toString('utf16le')));
    if (stream.size > MOST_BODY) yield { note: 'overLimit', detail: 'its text is too large to be opened' };
  }
  if (own === BODY_RTF) {
    const body = stream.size > MOST_BODY ? null : unpackRtf(file.start(stream, MOST_BODY));
    yield body === null ? damaged('its formatted text cannot be unpacked') : member('body.rtf', body);
  }
}

function attachmentName(file: CompoundFile, { path }: CompoundStream): string {
  const folder = path.slice(0, -1);
  const siblings = file.streams.filter((other) => other.path.slice(0, -1).join('\0') === folder.join('\0'));
  for (const name of NAMES) {
    const stream = siblings.find((other) => other.path.at(-1) === name);
    if (stream === undefined) continue;
    const text = file.start(stream, MOST_NAME).toString(name.endsWith('F') ? 'utf16le' : 'latin1');
    if (text !== '') return fileNameOf(text);
  }
  return `attachment-${folder.at(-1)?.slice(ATTACHMENT.length + 1) ?? ''}`;
}
