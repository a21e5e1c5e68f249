export function buildInto(outDir: string): void;
export function ensureBuild(): string;
