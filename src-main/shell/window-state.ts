import { z } from 'zod';

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type Rectangle = z.infer<typeof rectangleSchema>;

export const windowStateSchema = z.object({
  bounds: rectangleSchema.nullable().catch(null),
  maximized: z.boolean().catch(false),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export const SMALLEST = { width: 900, height: 600 } as const;
const FIRST = { width: 1200, height: 780 } as const;
/** So much of the window must be on a display that is still there. */
const VISIBLE = 80;

/** Where the window opens: where it was, unless that place is gone with its display. */
export function openingBounds(state: WindowState, displays: readonly Rectangle[]): Partial<Rectangle> {
  const { bounds } = state;
  if (bounds === null || !displays.some((display) => overlaps(bounds, display))) return FIRST;
  return { ...bounds, width: Math.max(bounds.width, SMALLEST.width), height: Math.max(bounds.height, SMALLEST.height) };
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width >= VISIBLE && height >= VISIBLE && a.y >= b.y - VISIBLE;
}
