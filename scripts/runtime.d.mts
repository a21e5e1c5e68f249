export const root: string;
export function findNode24(): string | null;
export function isNode24(): boolean;
