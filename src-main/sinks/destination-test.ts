import type { DestinationSettings } from '../contract/settings';
import { testFolder } from './destination-test-folder';
import { testS3 } from './destination-test-s3';
import type { TestResult } from './destination-test-steps';
import type { Timeouts } from './s3/client';

/**
 * Tries a destination as forwarding uses it, with an object of its own that it takes away again, and finds the settings
 * that work. Never throws: what does not work is a step that says so.
 */
export function testDestination(
  destination: DestinationSettings,
  signal: AbortSignal,
  timeouts: Timeouts = {},
): Promise<TestResult> {
  return destination.kind === 'folder' ? testFolder(destination.dir) : testS3(destination, signal, timeouts);
}
