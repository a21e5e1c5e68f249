import type { S3Destination } from '../contract/settings';
import type { DestinationTestStep } from '../contract/window-calls';

export interface Step {
  readonly name: DestinationTestStep;
  readonly ok: boolean;
  /** One sentence: what was seen, and for what failed, what to do. */
  readonly detail: string;
}

type Findable = 'region' | 'pathStyle' | 'checksums' | 'conditionalPut';
/** Settings that were found to work. */
export type Found = { -readonly [Key in Findable]?: S3Destination[Key] };

export interface TestResult {
  /** Files can be forwarded, with the settings found. */
  readonly ok: boolean;
  readonly steps: Step[];
  readonly found: Found;
}

/** Names of what a test leaves for a moment; a person who finds one knows what it is. */
export const TEST_PREFIX = '.dropgate-test-';
