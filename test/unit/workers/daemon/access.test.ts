import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { remoteProbeSchema } from '../../../../src-main/contract/settings-remote';
import { createRemoteProbe } from '../../../../src-main/probes/remote/probe';
import { describeWith } from '../../../support/components';
import { startTestDaemon, TOKEN } from '../../../support/daemon';
import { tempFolder } from '../../../support/temp-folder';

const never = new AbortController().signal;

test('an address that others reach is refused without a token, and not with one', async () => {
  for (const host of ['0.0.0.0', '[::]', '10.1.2.3', '127.999.1.1', 'lab.example']) {
    await expect(startTestDaemon({}, { host, token: null })).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('reached by others without a token'),
    });
  }
  const { url } = await startTestDaemon({}, { host: '0.0.0.0' });
  expect((await fetch(`${url}/api`)).status).toBe(401);
});

test('an address that is taken is a mistake that says so', async () => {
  const { port } = await startTestDaemon({});
  await expect(startTestDaemon({}, { port })).rejects.toMatchObject({
    code: 'BAD_CONFIG',
    message: expect.stringContaining('cannot be listened on (EADDRINUSE)'),
  });
});

describeWith(['openssl'], 'with certificates', () => {
  test('the daemon answers over TLS, and with a client CA only those who show a certificate of it', async () => {
    const folder = tempFolder();
    const server = certificate(folder, 'server');
    const client = certificate(folder, 'client');
    const tls = { cert: server.text, key: readFileSync(server.keyFile, 'utf8'), clientCa: client.text };
    const { url } = await startTestDaemon({}, { token: null, tls });
    const problem = async (files: Record<string, string>) => {
      const probe = createRemoteProbe(remoteProbeSchema.parse({ id: 'lab', url, tls: files }), {});
      const health = await probe.describe(never);
      await probe.close();
      return health.problem;
    };
    const { certFile, keyFile } = client;
    expect(await problem({ caFile: server.certFile, certFile, keyFile })).toBeNull();
    expect(await problem({ caFile: server.certFile })).toMatch(/cannot be reached/);
    expect(await problem({ certFile, keyFile })).toMatch(/cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    const other = certificate(folder, 'other');
    const stranger = { certFile: other.certFile, keyFile: other.keyFile };
    expect(await problem({ caFile: server.certFile, ...stranger })).toMatch(/cannot be reached/);
  });

  test('a token is asked for beside a certificate where there is one', async () => {
    const folder = tempFolder();
    const server = certificate(folder, 'server');
    const tls = { cert: server.text, key: readFileSync(server.keyFile, 'utf8'), clientCa: null };
    const { url } = await startTestDaemon({}, { tls });
    const settings = remoteProbeSchema.parse({ id: 'lab', url, tokenEnv: 'T', tls: { caFile: server.certFile } });
    for (const [token, state] of [
      [TOKEN, 'ready'],
      ['another', 'not_ready'],
    ] as const) {
      const probe = createRemoteProbe(settings, { T: token });
      expect((await probe.describe(never)).state).toBe(state);
      await probe.close();
    }
  });

  test('who connects and says nothing is let go: after the time of a request, and at the end', async () => {
    const folder = tempFolder();
    const server = certificate(folder, 'server');
    const tls = { cert: server.text, key: readFileSync(server.keyFile, 'utf8'), clientCa: null };
    const impatient = await startTestDaemon({}, { tls, requestMs: 100 });
    await once(connect(impatient.port, '127.0.0.1').resume(), 'close');
    const patient = await startTestDaemon({}, { tls, requestMs: 3_600_000 });
    const silent = connect(patient.port, '127.0.0.1').resume();
    await once(silent, 'connect');
    const ended = once(silent, 'close');
    await patient.daemon.close(0);
    await ended;
  });
});

/** A self-signed certificate for 127.0.0.1. */
function certificate(folder: string, name: string) {
  const [certFile, keyFile] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', certFile, '-days', '2', ...subject], { stdio: 'ignore' });
  return { certFile, keyFile, text: readFileSync(certFile, 'utf8') };
}
