// The default application for an Electron that came without one: starts the application whose folder, or file, is the
// first argument that is no switch, as Electron's own does.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asar from '@electron/asar';

const LOADER = `const { app } = require('electron');
const { statSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) throw new Error('name the folder of an application');
const path = resolve(given);
const folder = statSync(path).isDirectory() ? path : dirname(path);
const { name, productName, version, main } = folder === path ? require(join(folder, 'package.json')) : {};
if (version !== undefined) app.setVersion(version);
if ((productName ?? name) !== undefined) app.setName(productName ?? name);
app.setAppPath(folder);
require(folder === path ? join(folder, main ?? 'index.js') : path);
`;

/** Writes the asar to `file`, by way of a folder inside `temporary`. */
export async function writeLoader(file, temporary) {
  const folder = join(temporary, 'loader');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'loader', main: 'main.js' }));
  writeFileSync(join(folder, 'main.js'), LOADER);
  await asar.createPackage(folder, file);
  rmSync(folder, { recursive: true, force: true });
}
