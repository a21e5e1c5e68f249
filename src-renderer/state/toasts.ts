import { create } from 'zustand';

/** How long an act can be taken back. */
export const UNDO_MS = 10_000;
const SHOWN_MS = 6_000;

export type ToastKind = 'done' | 'problem';

export interface Toast {
  readonly id: number;
  readonly kind: ToastKind;
  readonly text: string;
  /** Milliseconds since 1970 when it goes; null: it stays until it is closed. */
  readonly until: number | null;
  readonly undo: (() => void) | null;
}

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

const numbering = { last: 0 };

const MOST_SHOWN = 5;

/** The oldest make room, but never one that can still be undone. */
function add(toast: Omit<Toast, 'id'>): number {
  const id = ++numbering.last;
  useToasts.setState(({ toasts }) => {
    const room = toasts.filter(({ undo }) => undo === null).slice(1 - MOST_SHOWN);
    return { toasts: [...toasts.filter((shown) => shown.undo !== null || room.includes(shown)), { ...toast, id }] };
  });
  return id;
}

export function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Says that something was done. */
export function tell(text: string): void {
  const id = add({ kind: 'done', text, until: Date.now() + SHOWN_MS, undo: null });
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Says what went wrong; stays until the person closes it. */
export function tellProblem(text: string): void {
  add({ kind: 'problem', text, until: null, undo: null });
}

/** Says how far something is that lasts, in a toast that goes with its end; nothing before the first word. */
export function tellProgress(): { say(text: string): void; end(): void } {
  const shown: { id: number | null } = { id: null };
  return {
    say(text) {
      shown.id ??= add({ kind: 'done', text, until: null, undo: null });
      const { id } = shown;
      useToasts.setState(({ toasts }) => ({
        toasts: toasts.map((toast) => (toast.id === id ? { ...toast, text } : toast)),
      }));
    },
    end() {
      if (shown.id !== null) dismiss(shown.id);
    },
  };
}

/**
 * Says `text` and does `act` only when UNDO_MS have passed without "Undo" (or when the toast is closed by hand);
 * a window that is closed before has done nothing.
 */
export function actUnlessUndone(text: string, act: () => void, undone: () => void): void {
  const timer = setTimeout(() => {
    dismiss(id);
    act();
  }, UNDO_MS);
  const undo = () => {
    clearTimeout(timer);
    dismiss(id);
    undone();
  };
  const id = add({ kind: 'done', text, until: Date.now() + UNDO_MS, undo });
}
