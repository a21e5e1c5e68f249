import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ProbeError } from '../../../../src-main/base/errors';
import { commandSchema } from '../../../../src-main/contract/command-settings';
import type { FileType } from '../../../../src-main/contract/item';
import type { ProbeReport } from '../../../../src-main/contract/probe-report';
import { createCommandProbe } from '../../../../src-main/probes/command/probe';
import type { Probe } from '../../../../src-main/probes/probe';
import { Stage } from '../../../suites/staged-files';
import { tempFolder } from '../../../support/temp-folder';
import { never } from './support';

/** A command probe over an api.yml of its own. */
export class ProbePlace {
  readonly folder = tempFolder();
  readonly apis = join(this.folder, 'api.yml');
  readonly data = join(this.folder, 'commands');
  private mime = 'text/plain';
  private readonly stage = new Stage(
    async (): Promise<FileType> => ({ mime: this.mime, description: 'x', unknown: false }),
  );

  write(text: string): this {
    writeFileSync(this.apis, text);
    return this;
  }

  /** A file below the folder of the definitions. */
  put(path: string, text: string): this {
    mkdirSync(join(this.folder, path, '..'), { recursive: true });
    writeFileSync(join(this.folder, path), text);
    return this;
  }

  probe(settings: Record<string, unknown> = {}): Probe {
    const parsed = commandSchema.parse({ apis: this.apis, retrySeconds: 0, maxAttempts: 1, ...settings });
    const probe = createCommandProbe(parsed, { folder: this.data });
    onTestFinished(() => probe.close());
    return probe;
  }

  item(content: string | Buffer = 'content', mime = 'text/plain', name: string | Buffer = 'a.txt') {
    this.mime = mime;
    return this.stage.item(Buffer.from(content), name);
  }

  async scan(probe: Probe, content: string | Buffer = 'content', mime = 'text/plain', name: string | Buffer = 'a.txt') {
    return probe.scan(await this.item(content, mime, name), this.stage.context(), never);
  }

  /** What a scan rejects with. */
  async failure(...scan: Parameters<ProbePlace['scan']>): Promise<ProbeError> {
    const end: ProbeReport | unknown = await this.scan(...scan).catch((error: unknown) => error);
    if (end instanceof ProbeError) return end;
    throw new Error(`it should have rejected with a ProbeError: ${JSON.stringify(end)}`);
  }
}
