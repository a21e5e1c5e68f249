export interface FoundElectron {
  readonly path: string;
  readonly folder: string;
  readonly version: string;
  readonly what: string;
}
export function findElectron(say?: (text: string) => void): Promise<FoundElectron>;
export function electronArguments(): string[];
export function hasDisplay(): boolean;
