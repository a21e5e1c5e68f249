import { ProbeError } from '../../base/errors';
import type { ProbeReport } from '../../contract/probe-report';
import type { IcapSettings } from '../../contract/settings';
import { throwIfAborted, withDeadline } from '../deadline';
import { Connection } from './connection';
import { type Content, wrapped } from './content';
import type { Manner } from './manner';
import { askOptions, type ServiceOptions } from './options';
import { Pool } from './pool';
import { respmod } from './respmod';
import { type Target, targetOf } from './target';
import { toReport } from './to-report';

const OPTIONS_MS = 5000;
const TEST_MS = 20_000;

/** Asks one service: for its options, and about files. */
export class Client {
  readonly target: Target;
  private readonly settings: IcapSettings;
  private readonly pool: Pool;

  constructor(settings: IcapSettings) {
    this.settings = settings;
    this.target = targetOf(settings);
    this.pool = new Pool(this.target, settings.connections);
  }

  /** Its options now, which bound the connections from then on. Rejects as askOptions does, and with PROBE_TIMEOUT. */
  async options(signal: AbortSignal): Promise<ServiceOptions> {
    const options = await this.apart(OPTIONS_MS, signal, (connection) => askOptions(connection, this.target));
    // one of the server's connections stays free for questions like this one
    const most = options.maxConnections === null ? Number.POSITIVE_INFINITY : Math.max(1, options.maxConnections - 1);
    this.pool.limit(Math.min(this.settings.connections, most));
    return options;
  }

  /**
   * What it says of a file whose name has this `ending`; `begins` is called when the file has its turn. Rejects with a
   * ProbeError, with PROBE_UNAVAILABLE when the service is another one than that of `manner` and found nothing.
   */
  async scan(
    file: Content,
    ending: string,
    manner: Manner,
    signal: AbortSignal,
    begins: () => void,
  ): Promise<ProbeReport> {
    const { options, form } = manner;
    const content = form === 'wrapped' ? wrapped(file) : file;
    const wantsPreview = this.settings.preview && options.transferOf(ending) === 'preview';
    const previewBytes = wantsPreview ? options.previewBytes : null;
    const answer = await this.pool.request(
      (connection) => respmod(connection, this.target, content, previewBytes, signal),
      signal,
      begins,
    );
    const report = toReport(answer, { content, ending, probe: this.settings.id }, manner);
    if (answer.tag !== options.tag && report.statement === 'nothing_found') {
      const message = 'the ICAP server changed while it looked at the file (another ISTag)';
      throw new ProbeError('PROBE_UNAVAILABLE', message);
    }
    return report;
  }

  /** The same of a small test file, at once, whatever else goes on. */
  async test(content: Content, options: ServiceOptions, signal: AbortSignal): Promise<ProbeReport> {
    const { value } = await this.apart(TEST_MS, signal, (connection) =>
      respmod(connection, this.target, content, null, signal),
    );
    return toReport(value, { content, ending: '', probe: this.settings.id }, { options, form: 'plain' });
  }

  close(): void {
    this.pool.close();
  }

  /** On a connection of its own: the others may all be busy with large files. */
  private apart<T>(ms: number, signal: AbortSignal, work: (connection: Connection) => Promise<T>): Promise<T> {
    return withDeadline('the ICAP server', ms, signal, async (limited) => {
      const connection = await Connection.open(this.target, limited);
      const abort = () => connection.close();
      limited.addEventListener('abort', abort, { once: true });
      try {
        return await work(connection);
      } catch (error) {
        throwIfAborted(limited);
        throw error;
      } finally {
        limited.removeEventListener('abort', abort);
        connection.close();
      }
    });
  }
}
