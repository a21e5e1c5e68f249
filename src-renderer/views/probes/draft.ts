/** Where unsaved changes of a probe's settings are kept. */
export const draftOf = (id: string) => `probe:${id}`;
