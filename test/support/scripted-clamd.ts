import { createServer, type Socket } from 'node:net';
import { listen } from './listen';

/** What the server does with one SCAN of a session: `id` as clamd counts, `path` as asked. */
export type Script = (socket: Socket, id: number, path: string) => void;

/** What it answers to what came by INSTREAM. */
type Stream = (socket: Socket) => unknown;

export const findsCanary: Stream = (socket) => socket.end('stream: Eicar-Test FOUND\0');

/** A session: canaries in files are found as a good clamd would, everything else goes by the script. */
function session(socket: Socket, script: Script, stream: Stream): void {
  let text = '';
  let id = 0;
  let isStream = false;
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    text += data.toString('latin1');
    if (isStream) return;
    for (let end = text.indexOf('\0'); end !== -1; end = text.indexOf('\0')) {
      const command = text.slice(0, end);
      text = text.slice(end + 1);
      if (command === 'zVERSION') socket.end('ClamAV 1.4.6/27500/Fri Nov 20 08:24:11 2026\0');
      else if (command === 'zINSTREAM') {
        isStream = true;
        setImmediate(() => stream(socket));
        // the canary is small: what follows the command is answered as a whole
        return;
      } else if (command !== 'zIDSESSION') {
        id += 1;
        const path = command.replace('zSCAN ', '');
        if (command === 'zPING') socket.write(`${id}: PONG\0`);
        else if (path.includes('clamav-canary')) socket.write(`${id}: ${path}: Eicar-Test FOUND\0`);
        else script(socket, id, path);
      }
    }
  });
}

/** A TCP server that speaks clamd's protocol up to the point where the script lies. Returns its port. */
export function startScripted(script: Script, stream: Stream = findsCanary): Promise<number> {
  return listen(createServer((socket) => session(socket, script, stream)));
}
