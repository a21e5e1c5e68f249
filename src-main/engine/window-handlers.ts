import type { Handlers } from './handlers';

/** The calls of the window that read or act on what moves. */
export const WINDOW_HANDLERS: Pick<Handlers, 'watch' | 'sweep'> = {
  async watch({ pulse }, _params, connection) {
    if (connection !== null) await pulse.watch(connection);
    return {};
  },

  async sweep({ watching }) {
    await watching.sweep();
    return {};
  },
};
