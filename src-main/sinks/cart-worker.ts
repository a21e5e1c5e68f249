import { parentPort } from 'node:worker_threads';
import { assertNever } from '../base/assert-never';
import { failureOf } from '../base/thread-failure';
import { encodeCart } from './cart/encode';
import { exportZip } from './cart/export-zip';
import { peekCart } from './cart/peek';
import { unpackCart } from './cart/unpack';
import type { CartAnswer, CartCall, CartCalls, CartQuestion } from './cart/worker-protocol';

/** Entry of the CaRT thread: answers each question once, in whatever order they end. */
function work(question: CartQuestion): Promise<CartCalls[CartCall]['result']> {
  switch (question.call) {
    case 'encode':
      return encodeCart(question.request);
    case 'unpack':
      return unpackCart(question.request);
    case 'export':
      return exportZip(question.request);
    case 'peek':
      return peekCart(question.request);
    default:
      return assertNever(question);
  }
}

async function answer(question: CartQuestion): Promise<CartAnswer> {
  const { id } = question;
  try {
    return { id, ok: true, result: await work(question) };
  } catch (error) {
    return { id, ok: false, failure: failureOf(error) };
  }
}

parentPort?.on('message', async (question: CartQuestion) => parentPort?.postMessage(await answer(question)));
