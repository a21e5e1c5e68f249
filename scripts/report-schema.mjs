// npm run report-schema: writes docs/report.schema.json from the zod schema of reports.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode24, root } from './runtime.mjs';
import './sources.mjs';

if (!isNode24()) throw new Error(`this runs on Node 24, not ${process.version}`);
const { reportJsonSchema } = await import('../src-main/contract/report-json-schema.ts');
const file = join(root, 'docs', 'report.schema.json');
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(file, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
const format = spawnSync(process.execPath, [biome, 'format', '--write', file], { stdio: 'inherit' });
process.exit(format.status ?? 1);
