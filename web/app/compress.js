// Compresses what vite has built: in ../dist each file that gets smaller by it is replaced by NAME.gz. The server sends these
// as they are.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';

const dist = process.argv[2] ?? join(import.meta.dirname, '../dist');
// Files up to so many bytes, as those of the explorer are, are compressed as small as gzip can be; what GraphiQL has beyond that would take minutes.
const smallest = 300_000;
// Where gzip's header names the system that wrote it; 255 stands for an unknown one, so that all systems write the same.
const systemAt = 9;

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name.endsWith('.gz')) continue;
  const path = join(entry.parentPath, entry.name);
  const raw = readFileSync(path);
  const compressed = raw.length > smallest ? gzipSync(raw, { level: 9 }) : Buffer.from(await zopfli.gzipAsync(raw, { numiterations: 15 }));
  compressed[systemAt] = 255;
  if (compressed.length < raw.length) {
    writeFileSync(`${path}.gz`, compressed);
    rmSync(path);
  }
}
