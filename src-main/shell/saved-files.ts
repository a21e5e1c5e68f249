import { writeFileAtomic } from '../base/atomic-file';
import { nameOf } from '../base/display-name';
import { DropgateError, messageOf } from '../base/errors';

/**
 * Files that the person named in a dialog of this run: only these are ever written by the window, each for as often as
 * it was named.
 */
export class SavedFiles {
  private readonly named = new Set<string>();

  /** The person chose this path, and agreed to replace what is there. */
  name(path: string): void {
    this.named.add(path);
  }

  /** `make` is asked only for a path that may be written. Throws PROTOCOL for others, SINK_UNAVAILABLE when it fails. */
  async write(path: Buffer, make: () => Promise<string | Buffer>): Promise<void> {
    const text = path.toString('utf8');
    const { display } = nameOf(path);
    if (!this.named.delete(text))
      throw new DropgateError('PROTOCOL', `"${display}" was not chosen in a dialog; choose where to save it`);
    const content = await make();
    try {
      await writeFileAtomic(path, (handle) => handle.writeFile(content), { mode: 0o600 });
    } catch (error) {
      throw new DropgateError(
        'SINK_UNAVAILABLE',
        `"${display}" could not be written: ${messageOf(error)}; choose another folder`,
        { cause: error },
      );
    }
  }
}
