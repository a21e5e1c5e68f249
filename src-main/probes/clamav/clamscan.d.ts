/** The part of npm clamscan 2.4 that is used: local binaries. It ships no types. */
declare module 'clamscan' {
  export interface ClamscanOptions {
    readonly preference: 'clamscan';
    readonly clamscan: { readonly path: string; readonly active: true };
    readonly clamdscan: { readonly active: false; readonly localFallback: false; readonly path: false };
  }
  export default class NodeClam {
    init(options: ClamscanOptions): Promise<NodeClam>;
    /** What `clamscan --version` prints. */
    getVersion(): Promise<string>;
    /** `isInfected` is true, false, null or undefined; only the first two are answers. */
    isInfected(file: string): Promise<{ isInfected?: unknown; viruses?: unknown }>;
  }
}
