/** A page driven by the browser's own protocol alone, for windows that Playwright did not start. */
export interface DevtoolsPage {
  /** The value of an expression in the page; undefined while the page is being loaded. */
  value(expression: string): Promise<unknown>;
  close(): void;
}

interface Reply {
  readonly id?: number;
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

/** Attaches to the first page of the browser behind `port`; null while there is none. */
export async function attachToPage(port: number): Promise<DevtoolsPage | null> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  const pages = (await answer.json()) as { type: string; webSocketDebuggerUrl?: string }[];
  const address = pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl;
  if (address === undefined) return null;
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  let asked = 0;
  return {
    async value(expression) {
      asked += 1;
      const id = asked;
      const replied = new Promise<Reply>((resolve) => waiting.set(id, resolve));
      const params = { expression, returnByValue: true, awaitPromise: true };
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
      return (await replied).result?.result?.value;
    },
    close: () => socket.close(),
  };
}
