import type { ThreadFailure } from '../../base/thread-failure';
import type { EncodeRequest } from './encode';
import type { ExportRequest } from './export-zip';
import type { Footer } from './format';
import type { Peeked, PeekRequest } from './peek';
import type { Unpacked, UnpackRequest } from './unpack';

/** What the CaRT thread is asked, and what each question is answered with. */
export interface CartCalls {
  encode: { request: EncodeRequest; result: Footer };
  unpack: { request: UnpackRequest; result: Unpacked };
  export: { request: ExportRequest; result: Unpacked };
  peek: { request: PeekRequest; result: Peeked };
}
export type CartCall = keyof CartCalls;

export type CartQuestion = { readonly id: number } & {
  [C in CartCall]: { readonly call: C; readonly request: CartCalls[C]['request'] };
}[CartCall];

export type CartAnswer = { readonly id: number } & (
  | { readonly ok: true; readonly result: CartCalls[CartCall]['result'] }
  | { readonly ok: false; readonly failure: ThreadFailure }
);
