import packageJson from '../../package.json';

/** Version of this program. */
export const VERSION: string = packageJson.version;
/** Name and version as reports and servers show it. */
export const PROGRAM = `dropgate ${VERSION}`;
