// npm run icons: draws resources/icons from the one shape below: a gate with an opening, and a drop that goes through.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { root } from './runtime.mjs';

const SAMPLES = 4;
const INK = [32, 92, 168];
const PAPER = [255, 255, 255];

/** Distance to a rounded square around the middle, in units of the icon; below 0 is inside. */
function roundedSquare(x, y, half, radius) {
  const dx = Math.abs(x - 0.5) - half + radius;
  const dy = Math.abs(y - 0.5) - half + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

/** Colour at a point, or null outside of the icon. */
function colourAt(x, y) {
  if (roundedSquare(x, y, 0.47, 0.2) > 0) return null;
  const post = y > 0.24 && y < 0.78 && (Math.abs(x - 0.25) < 0.04 || Math.abs(x - 0.75) < 0.04);
  const beam = Math.abs(y - 0.78) < 0.035 && Math.abs(x - 0.5) < 0.29 && Math.abs(x - 0.5) > 0.11;
  const head = Math.hypot(x - 0.5, y - 0.52) < 0.135;
  const tip = y > 0.2 && y < 0.52 && Math.abs(x - 0.5) < ((y - 0.2) / 0.32) * 0.125;
  return post || beam || head || tip ? PAPER : INK;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function png(size) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const sum = [0, 0, 0, 0];
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
        const sx = (x + ((sample % SAMPLES) + 0.5) / SAMPLES) / size;
        const sy = (y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
        const colour = colourAt(sx, sy);
        if (colour === null) continue;
        for (let part = 0; part < 3; part += 1) sum[part] += colour[part];
        sum[3] += 1;
      }
      const at = y * (size * 4 + 1) + 1 + x * 4;
      for (let part = 0; part < 3; part += 1) rows[at + part] = sum[3] === 0 ? 0 : Math.round(sum[part] / sum[3]);
      rows[at + 3] = Math.round((sum[3] / (SAMPLES * SAMPLES)) * 255);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const folder = join(root, 'resources', 'icons');
mkdirSync(folder, { recursive: true });
for (const [name, size] of Object.entries({ icon: 1024, tray: 24, 'tray@2x': 48 }))
  writeFileSync(join(folder, `${name}.png`), png(size));
