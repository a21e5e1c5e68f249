import { describe, expect, it } from 'vitest';
import { profileSchema, type Settings, settingsSchema } from '../../../src-main/contract/settings';
import { EMBEDDED_DESTINATION, type PlanRequest, resolvePlan } from '../../../src-main/engine/resolve-plan';

const PROBES = ['clamav', 'yara', 'hash-list', 'file-type', 'archive'];
const request: PlanRequest = { mode: 'gate', profile: 'default', probes: null, force: false, describeAll: true };

function settingsWith(profile: object = {}): Settings {
  return { ...settingsSchema.parse({}), profiles: { default: profileSchema.parse(profile) } };
}

function plan(changes: Partial<PlanRequest> = {}, profile: object = {}, clamavExpected = true) {
  return resolvePlan(settingsWith(profile), { ...request, ...changes }, { probes: PROBES, clamavExpected });
}

describe('resolvePlan', () => {
  it('requires every probe of the profile, and clamav only where it is expected', () => {
    expect(plan().required).toEqual(PROBES);
    expect(plan({}, {}, false)).toMatchObject({ probes: PROBES, required: PROBES.slice(1) });
  });

  it('requires what the profile names, clamav too wherever it is', () => {
    expect(plan({}, { required: ['clamav', 'yara'] }, false).required).toEqual(['clamav', 'yara']);
  });

  it('in a scan, looks with the probes that were named and requires each', () => {
    expect(plan({ mode: 'scan', probes: ['yara', 'yara'] })).toMatchObject({ probes: ['yara'], required: ['yara'] });
  });

  it('in a gate, requires what was named and takes away no probe of the profile, required or not', () => {
    const { probes, required } = plan({ probes: ['file-type'] }, { required: ['clamav', 'yara'] });
    expect(probes).toEqual(PROBES);
    expect(required).toEqual(['clamav', 'yara', 'file-type']);
  });

  it('in a gate, takes a probe that the profile has not, and requires it', () => {
    const { probes, required } = plan({ probes: ['archive'] }, { probes: ['yara', 'hash-list'], required: ['yara'] });
    expect(probes).toEqual(['yara', 'hash-list', 'archive']);
    expect(required).toEqual(['yara', 'archive']);
  });

  it.each(['__proto__', 'toString', 'constructor'])('knows no profile %s', (profile) => {
    expect(() => plan({ profile })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });

  it('sends clean files to the destination of the profile, else to the embedded one; a scan nowhere', () => {
    expect(plan({}, { destination: 'inbound' }).destination).toBe('inbound');
    expect(plan().destination).toBe(EMBEDDED_DESTINATION);
    expect(plan({ mode: 'scan' }, { destination: 'inbound' }).destination).toBeNull();
  });

  it('keeps or moves the source as the profile says, unless a watched folder says otherwise', () => {
    expect(plan({}, { source: 'move' }).source).toBe('move');
    expect(plan({ source: 'keep', watchFolder: '/in' }, { source: 'move' })).toMatchObject({
      source: 'keep',
      watchFolder: '/in',
    });
  });

  it('names the profiles when there is none of that name', () => {
    expect(() => plan({ profile: 'other' })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    expect(() => plan({ profile: 'other' })).toThrow('default');
  });

  it.each([{ probes: ['nonsense'] }, { probes: ['yara', 'nonsense'] }])('names the probes for %j', (changes) => {
    expect(() => plan(changes)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    expect(() => plan(changes)).toThrow('hash-list');
  });

  it('refuses a profile whose probe does not exist, rather than going without it', () => {
    expect(() => plan({}, { probes: ['yara', 'gone'] })).toThrow('gone');
  });

  it('refuses a required probe that the profile does not look with, and names the key', () => {
    const missing = () => plan({}, { probes: ['yara'], required: ['yara', 'archive'] });
    expect(missing).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(missing).toThrow('profiles.default.required');
    expect(missing).toThrow('archive');
  });
});
