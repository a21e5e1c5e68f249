// The calls of a live engine over its socket, as window and commands make them: one line of JSON each way.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** {call(name, params): result, close()}; null when nobody listens at `path` yet. */
export function connectSocket(path) {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('error', () => resolve(null));
    socket.once('connect', () => resolve(client(socket)));
  });
}

function client(socket) {
  const pending = new Map();
  let nextId = 1;
  createInterface({ input: socket }).on('line', (line) => {
    const { id, error, result } = JSON.parse(line);
    const waiting = pending.get(id);
    pending.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(`${error.code}: ${error.message}`));
  });
  return {
    call(call, params) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        socket.write(`${JSON.stringify({ id, call, params })}\n`);
      });
    },
    close: () => socket.destroy(),
  };
}
