import { expand } from './variables';

/** What commands may know of this process's own environment: no credentials. */
const PASSED_ON = ['PATH', 'TZ'];

/** Variables that every command is given; only PATH and TZ may be set by a definition. */
export const GIVEN = [
  ...PASSED_ON,
  'LC_ALL',
  'HOME',
  'TMPDIR',
  'API_ROOT',
  'BROAPT_PATH',
  'BROAPT_MIME',
  'DROPGATE_RUN',
];

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LARGEST_VALUE = 32 * 1024;

/** What the loader of programs listens to: code of somebody's choice in every command. Nobody sets it. */
const LOADER = /^(_?LD_|DYLD_|_RLD|LIBPATH$|SHLIB_PATH$|GLIBC_|GCONV_|MALLOC_)/;
/** What says which file is looked at, and whose command it is. */
const OWN = /^(API_ROOT|BROAPT_PATH|BROAPT_MIME|DROPGATE_.*|LC_ALL|HOME|TMPDIR)$/;

/**
 * What chooses programs, or has a shell, an interpreter or a common tool run or load something: not to be set by somebody
 * who may post requests and no more. An upper-case name of the API's own is what is left.
 */
const STEERS =
  /^(PATH|IFS|ENV|CDPATH|SHELL.*|BASH.*|ZDOTDIR|FPATH|PS\d|PROMPT_COMMAND|TMP|TEMP|TZ|LANG.*|LC_.*|LOCPATH|NLSPATH|TERM.*|PYTHON.*|PIP_.*|VIRTUAL_ENV|CONDA_.*|PERL.*|RUBY.*|GEM_.*|BUNDLE_.*|NODE_.*|NPM_.*|JAVA_.*|_JAVA_.*|JDK_.*|CLASSPATH|LUA_.*|PHP.*|TCL.*|R_.*|GO.*|CARGO_.*|GIT_.*|SSH_.*|SVN_.*|LESS.*|PAGER|MANPAGER|EDITOR|VISUAL|BROWSER|.*_PROXY|SSL_.*|OPENSSL_.*|CURL_.*|WGETRC|REQUESTS_.*|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|XDG_.*|DBUS_.*|DOCKER_.*|KUBE.*|AWS_.*|TAR_OPTIONS|GREP_OPTIONS|POSIXLY_CORRECT|MAKEFLAGS|SYSTEMD_.*|DISPLAY|MAIL.*|USER|LOGNAME)$/;

/** Whose variables they are: of the administrator's own file, or of a request from the network. */
export type Origin = 'definition' | 'posted';

/** Why a variable may not be set by somebody of that origin; null when it may. Follows its name. */
export function variableProblem(name: string, value: string, origin: Origin): string | null {
  if (!NAME.test(name)) return 'is no name of a variable; write letters, digits and underscores';
  if (LOADER.test(name)) return 'loads code into every program; remove it';
  if (OWN.test(name)) return 'is set by Dropgate; remove it';
  if (value.includes('\0')) return 'holds a NUL; remove it';
  if (Buffer.byteLength(value) > LARGEST_VALUE) return 'is too long; write at most 32 KiB';
  if (origin === 'posted' && !(STEERS.test(name) || /[a-z]/.test(name))) return null;
  return origin === 'posted' ? 'may not be set by a request; set it in the api.yml of the worker' : null;
}

/** What a run is told of itself. */
export interface RunFacts {
  /** Root of all APIs. */
  readonly root: string;
  readonly path: string;
  readonly mime: string;
  readonly home: string;
  readonly marker: string;
}

/**
 * The whole environment of a run's commands: an allow-list of this process's own, what Dropgate says of the run, and
 * `environ` in its order, where each value may refer to what stands before it.
 */
export function environmentOf(environ: Readonly<Record<string, string>>, run: RunFacts): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const { root, path, mime, home, marker } = run;
  Object.assign(env, { LC_ALL: 'C.UTF-8', HOME: home, TMPDIR: home });
  Object.assign(env, { API_ROOT: root, BROAPT_PATH: path, BROAPT_MIME: mime, DROPGATE_RUN: marker });
  for (const [name, value] of Object.entries(environ)) env[name] = expand(value, env);
  return env;
}
