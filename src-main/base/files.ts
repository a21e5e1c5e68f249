import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { orderedFileFaults } from './file-faults';

/**
 * The file system, as all of src-main uses it: the functions of node:fs (`...Sync`, `watch`, `createReadStream`) and of
 * node:fs/promises (the others; `fdatasync` takes a descriptor) under their own names, and nothing else imports either. They are those very functions,
 * unless the fault suites ordered faults (file-faults.ts).
 */
export type { BigIntStats, Dirent, FSWatcher, Stats } from 'node:fs';
export type { FileHandle };

const faults = orderedFileFaults(process.env);
const pathOfDescriptor = new Map<number, string>();

/** What a function of node:fs is counted as, where its name does not say so. */
const COUNTED_AS: Readonly<Record<string, string>> = {
  fdatasync: 'fsync',
  datasync: 'fsync',
  sync: 'fsync',
  writeFile: 'write',
  unlink: 'rm',
  rmdir: 'rm',
  mkdtemp: 'mkdir',
  createReadStream: 'open',
  readFile: 'open',
};
const operationOf = (name: string) => COUNTED_AS[name.replace(/Sync$/, '')] ?? name.replace(/Sync$/, '');

/** What a call is about: its path, or the one that its descriptor was opened by; of two paths the second, the new one. */
function placeOf(args: readonly unknown[], operation: string): string {
  const asked = ['rename', 'link', 'symlink', 'copyFile'].includes(operation) ? args[1] : args[0];
  if (typeof asked === 'number') return pathOfDescriptor.get(asked) ?? '';
  return String(asked).replace(/^\/proc\/self\/fd\/(\d+)/, (path, fd) => pathOfDescriptor.get(Number(fd)) ?? path);
}

function sync<F extends (...args: never[]) => unknown>(name: string, call: F): F {
  if (faults === null) return call;
  const operation = operationOf(name);
  return new Proxy(call, {
    apply(target, self, args: unknown[]) {
      faults.strike(operation, placeOf(args, operation));
      const result = Reflect.apply(target, self, args);
      if (name === 'openSync') pathOfDescriptor.set(result, placeOf(args, operation));
      return result;
    },
  });
}

function async<F extends (...args: never[]) => Promise<unknown>>(name: string, call: F): F {
  if (faults === null) return call;
  const operation = operationOf(name);
  return new Proxy(call, {
    async apply(target, self, args: unknown[]) {
      const place = placeOf(args, operation);
      faults.strike(operation, place);
      const result = await Reflect.apply(target, self, args);
      return name === 'open' ? withFaults(result, place) : result;
    },
  });
}

/** The handle itself, its functions counted from now on. */
function withFaults(handle: FileHandle, place: string): FileHandle {
  pathOfDescriptor.set(handle.fd, place);
  const counted = (name: 'write' | 'writeFile' | 'read' | 'sync' | 'datasync' | 'truncate' | 'chmod') => {
    Object.defineProperty(handle, name, {
      value: new Proxy(handle[name], {
        async apply(target, _self, args: unknown[]) {
          faults?.strike(operationOf(name), place);
          return Reflect.apply(target, handle, args);
        },
      }),
    });
  };
  for (const name of ['write', 'writeFile', 'read', 'sync', 'datasync', 'truncate', 'chmod'] as const) counted(name);
  return handle;
}

export const constants = fs.constants;
export const watch = fs.watch;
export const accessSync = sync('accessSync', fs.accessSync);
export const chmodSync = sync('chmodSync', fs.chmodSync);
export const closeSync = sync('closeSync', fs.closeSync);
export const copyFileSync = sync('copyFileSync', fs.copyFileSync);
export const createReadStream = sync('createReadStream', fs.createReadStream);
export const existsSync = fs.existsSync;
export const fstatSync = sync('fstatSync', fs.fstatSync);
export const lstatSync = sync('lstatSync', fs.lstatSync);
export const mkdirSync = sync('mkdirSync', fs.mkdirSync);
export const openSync = sync('openSync', fs.openSync);
export const readdirSync = sync('readdirSync', fs.readdirSync);
export const readFileSync = sync('readFileSync', fs.readFileSync);
export const readlinkSync = sync('readlinkSync', fs.readlinkSync);
export const readSync = sync('readSync', fs.readSync);
export const realpathSync = sync('realpathSync', fs.realpathSync);
export const renameSync = sync('renameSync', fs.renameSync);
export const rmSync = sync('rmSync', fs.rmSync);
export const statSync = sync('statSync', fs.statSync);
export const statfsSync = sync('statfsSync', fs.statfsSync);
export const writeFileSync = sync('writeFileSync', fs.writeFileSync);
export const writeSync = sync('writeSync', fs.writeSync);

export const access = async('access', promises.access);
export const chmod = async('chmod', promises.chmod);
export const fdatasync = async('fdatasync', promisify(fs.fdatasync));
export const copyFile = async('copyFile', promises.copyFile);
export const link = async('link', promises.link);
export const lstat = async('lstat', promises.lstat);
export const mkdir = async('mkdir', promises.mkdir);
export const mkdtemp = async('mkdtemp', promises.mkdtemp);
export const open = async('open', promises.open);
export const opendir = async('opendir', promises.opendir);
export const readdir = async('readdir', promises.readdir);
export const readFile = async('readFile', promises.readFile);
export const realpath = async('realpath', promises.realpath);
export const rename = async('rename', promises.rename);
export const rm = async('rm', promises.rm);
export const rmdir = async('rmdir', promises.rmdir);
export const stat = async('stat', promises.stat);
export const statfs = async('statfs', promises.statfs);
export const symlink = async('symlink', promises.symlink);
export const unlink = async('unlink', promises.unlink);
export const utimes = async('utimes', promises.utimes);
export const writeFile = async('writeFile', promises.writeFile);
