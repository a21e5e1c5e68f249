// Where there is no display: says so, and what does the same on the command line.
import { hasDisplay } from './electron.mjs';

/** Ends the process with 2 when no window can be shown here. */
export function failWithoutDisplay() {
  if (hasDisplay()) return;
  process.stderr.write(
    'dropgate: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be shown\n' +
      '  the same on the command line:\n' +
      '    npm run -s dropgate -- gate PATH...         scan files, then forward, quarantine or hold them\n' +
      '    npm run -s dropgate -- run                  watch the configured folders until a signal\n' +
      '    npm run -s dropgate -- quarantine list      what is kept, and why\n',
  );
  process.exit(2);
}
