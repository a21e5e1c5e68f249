export type BuildKind = 'command' | 'window';
export function buildInto(outDir: string, kind?: BuildKind): void;
export function ensureBuild(kind?: BuildKind): string;
