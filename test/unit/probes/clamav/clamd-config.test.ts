import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findConfig, parseClamdConfig, parseClamdSize } from '../../../../src-main/probes/clamav/clamd-config';
import { claimedLimit, silentTimeoutMs } from '../../../../src-main/probes/clamav/limits';
import { openFolder } from './support';

const MIB = 1024 ** 2;

const found = (text: string) => ({ file: 'clamd.conf', modified: 0, config: parseClamdConfig(text) });

describe('clamd.conf', () => {
  it.each([
    ['25M', 25 * MIB],
    ['4k', 4096],
    ['1G', 1024 ** 3],
    ['1048576', MIB],
    ['0', 0],
    ['', null],
    ['25MB', null],
    ['-1', null],
    ['1.5M', null],
  ])('reads the size %s', (text, bytes) => expect(parseClamdSize(text)).toBe(bytes));

  it('reads the options that matter, the first of each, comments left out', () => {
    const config = parseClamdConfig(
      '#MaxFileSize 1M\nMaxFileSize 30M\nMaxFileSize 99M\nLocalSocket "/run/a b.ctl"\nTCPSocket 3310\nDatabaseDirectory /db\nHeuristicScanPrecedence yes\n',
    );
    expect(config).toMatchObject({
      maxFileSize: 30 * MIB,
      maxScanSize: 400 * MIB,
      localSocket: '/run/a b.ctl',
      tcpSocket: 3310,
      databaseDirectory: '/db',
      stopsAtAlerts: true,
    });
    expect(parseClamdConfig('')).toMatchObject({ stopsAtAlerts: false });
  });

  it('takes the smallest limit that applies, 0 as none, and never more than libclamav can', () => {
    expect(claimedLimit(found('MaxFileSize 30M\nMaxScanSize 20M'), undefined, 'path')).toBe(20 * MIB - 1024);
    expect(claimedLimit(found('MaxFileSize 30M\nStreamMaxLength 10M'), undefined, 'path')).toBe(30 * MIB);
    expect(claimedLimit(found('MaxFileSize 30M\nStreamMaxLength 10M'), undefined, 'stream')).toBe(10 * MIB);
    const none = claimedLimit(found('MaxFileSize 0\nMaxScanSize 0'), undefined, 'path');
    expect(none).toBeLessThan(2 ** 31);
    expect(none).toBeGreaterThan(2 ** 31 - MIB);
  });

  it('lets the settings lower a known limit and state an unknown one', () => {
    const settings = { timeoutSeconds: 1, maxBytes: 50 * MIB };
    expect(claimedLimit(found('MaxFileSize 30M'), settings, 'path')).toBe(30 * MIB);
    expect(claimedLimit(found('MaxFileSize 90M'), settings, 'path')).toBe(50 * MIB);
    expect(claimedLimit(null, settings, 'path')).toBe(50 * MIB);
    expect(claimedLimit(null, undefined, 'path')).toBe(25 * MIB);
  });

  it('knows from when an OK may mean "given up"', () => {
    expect(silentTimeoutMs(found('MaxScanTime 5000'), false)).toBe(5000);
    expect(silentTimeoutMs(found('MaxScanTime 5000'), true)).toBeNull();
    expect(silentTimeoutMs(found('MaxScanTime 0'), false)).toBeNull();
    expect(silentTimeoutMs(null, false)).toBe(120_000);
  });

  it('reads the file that the settings name, and takes an unreadable one for unknown', () => {
    const configFile = join(openFolder(), 'clamd.conf');
    const target = { kind: 'unix', path: '/x' } as const;
    expect(findConfig({ timeoutSeconds: 1, configFile }, target, true)).toBeNull();
    writeFileSync(configFile, 'MaxFileSize 7M\n');
    expect(findConfig({ timeoutSeconds: 1, configFile }, target, true)?.config.maxFileSize).toBe(7 * MIB);
  });
});
