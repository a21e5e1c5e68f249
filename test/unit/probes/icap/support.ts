import { onTestFinished } from 'vitest';
import { type IcapSettings, settingsSchema } from '../../../../src-main/contract/settings';
import { createIcapProbe } from '../../../../src-main/probes/icap/probe';
import type { Probe } from '../../../../src-main/probes/probe';

/** Settings of one service, with their defaults. */
export function icapSettings(url: string, settings: object = {}): IcapSettings {
  const icap = [{ id: 'corp-av', url, timeoutSeconds: 20, ...settings }];
  const [service] = settingsSchema.parse({ probes: { icap } }).probes.icap;
  if (service === undefined) throw new Error('no service');
  return service;
}

/** A probe that is closed after the test. */
export function openIcapProbe(url: string, settings: object = {}): Probe {
  const probe = createIcapProbe(icapSettings(url, settings));
  onTestFinished(() => probe.close());
  return probe;
}
