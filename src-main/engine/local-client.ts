import type { EngineClient } from '../base/engine-client';
import { IPC_CALLS, type IpcCall, type IpcParams, type IpcResult } from '../contract/ipc-schema';

/** A client of the engine in this very process: same calls, same checks, no socket. `close` leaves the engine alone. */
export function localClient(answer: (call: string, params: unknown) => Promise<unknown>): EngineClient {
  return {
    async call<Call extends IpcCall>(call: Call, params: IpcParams<Call>): Promise<IpcResult<Call>> {
      return IPC_CALLS[call].result.parse(await answer(call, params)) as IpcResult<Call>;
    },
    close: () => Promise.resolve(),
  };
}
