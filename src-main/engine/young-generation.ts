import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation as small as it is now: left alone it grows to 64 MB and more over many files, and makes
 * nothing faster. Early in the process this holds however it was started; `--max-semi-space-size` is read only before.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
