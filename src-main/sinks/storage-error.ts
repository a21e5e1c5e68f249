import { DropgateError, errnoOf, messageOf, SinkError } from '../base/errors';

/** What a person can do about a folder that cannot be written, by errno. */
const NEXT_STEPS: Record<string, string> = {
  ENOSPC: 'the disk is full; make room there',
  EDQUOT: 'the disk quota is used up; make room there or raise it',
  EACCES: 'permission denied; give the user that runs Dropgate the right to write there',
  EPERM: 'permission denied; give the user that runs Dropgate the right to write there',
  ENOENT: 'it does not exist; make the folder or mount what should be there',
  EROFS: 'it is mounted read-only; mount it for writing',
  EMFILE: 'too many open files; raise the limit of open files (ulimit -n)',
  ENFILE: 'too many open files on this machine; raise the limit of the system',
};

/** The name itself can never be stored there: trying again cannot help. */
const REFUSED: Record<string, string> = {
  ENAMETOOLONG: 'the path is too long for its file system',
  EILSEQ: 'its file system does not take the name',
  EINVAL: 'its file system does not take the name',
  ENOTDIR: 'a file is in the place of a folder of the path',
  ELOOP: 'a symbolic link is in the path',
  EFBIG: 'the file is larger than its file system takes',
};

/**
 * A failure of a file system as a sink says it: SINK_REFUSED when the name or size can never be stored there, else
 * SINK_UNAVAILABLE with the cause and the next step. `where`: the place as a person knows it, null when not known here.
 */
export function storageError(error: unknown, where: string | null = null): DropgateError {
  if (error instanceof DropgateError) return error;
  const errno = errnoOf(error) ?? '';
  const refused = REFUSED[errno];
  const reason = refused ?? NEXT_STEPS[errno] ?? messageOf(error);
  const message = where === null ? `${reason} (${messageOf(error)})` : `${where} cannot be written: ${reason}`;
  return new SinkError(refused === undefined ? 'SINK_UNAVAILABLE' : 'SINK_REFUSED', message, { cause: error });
}
