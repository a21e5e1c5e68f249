import { dirname, join } from 'node:path';
import { type FileHandle, open, readdir, rm, stat } from '../../base/files';
import { makeSubfolder } from '../../base/make-folder';

/** After so many new logs old ones are looked for. */
const BETWEEN_PRUNINGS = 500;

/** The logs of commands: `<root>/<mime>/<uuid>-<step>.<number>`, retries with `_1`, `_2`; the newest `most` are kept. */
export class DetectionLogs {
  private readonly root: string;
  private readonly most: number;
  private untilPruning = 0;

  constructor(root: string, most: number) {
    this.root = root;
    this.most = most;
  }

  /** `logged` and `name` are safe names of files. Throws what the file system says. */
  async open(logged: string, name: string): Promise<FileHandle> {
    const path = join(this.root, logged, name);
    await makeSubfolder(dirname(path), 0o700);
    if (this.untilPruning === 0) await this.prune();
    this.untilPruning = (this.untilPruning === 0 ? BETWEEN_PRUNINGS : this.untilPruning) - 1;
    return open(path, 'w', 0o600);
  }

  private async prune(): Promise<void> {
    const entries = await readdir(this.root, { recursive: true, withFileTypes: true });
    const logs = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    if (logs.length <= this.most) return;
    const dated = await Promise.all(logs.map(async (path) => ({ path, ms: (await stat(path)).mtimeMs })));
    dated.sort((one, other) => one.ms - other.ms);
    for (const { path } of dated.slice(0, dated.length - this.most)) await rm(path, { force: true });
  }
}
