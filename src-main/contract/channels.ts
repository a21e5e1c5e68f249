/** Names of the two channels between window and shell; apart from the schemas, so that the preload stays small. */
export const CALL_CHANNEL = 'dropgate:call';
export const EVENT_CHANNEL = 'dropgate:event';
