// node --import ./scripts/sources.mjs ...: lets Node 24 import files of src-main as they are, without a build.
// Types are stripped by Node itself; this adds the `.ts` that imports of the sources leave out.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  resolve(specifier, context, next) {
    const relative = specifier.startsWith('./') || specifier.startsWith('../') || specifier.startsWith('file:');
    if (!relative) return next(specifier, context);
    const given = new URL(specifier, context.parentURL);
    const source = given.pathname.endsWith('.ts') ? given : new URL(`${given.href}.ts`);
    if (!existsSync(fileURLToPath(source))) return next(specifier, context);
    return { url: source.href, format: 'module-typescript', shortCircuit: true };
  },
});
