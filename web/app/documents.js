// Writes all operations that the explorer may send, letter by letter as it sends them, by their hashes into ../documents.json: by these a server
// that answers known documents alone knows them. It loads the page's modules, and notes each document that they make.

import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDocument, stringifyDocument } from 'urql';
import { createServer } from 'vite';

const root = import.meta.dirname;
const file = process.argv[2] ?? join(root, '../documents.json');

const made = [];
globalThis.noted = (graphql) => Object.assign((...given) => made[made.push(graphql(...given)) - 1], graphql);
// What the modules look at of a browser as they are loaded.
Object.assign(globalThis, { location: new URL('http://localhost/'), addEventListener() {}, matchMedia: () => ({ matches: false }) });

const noting = {
  name: 'noting',
  enforce: 'post',
  transform(code, id) {
    // The libraries take whoever has a document for a browser.
    if (id.endsWith('/src/frame/sign-in.ts')) return `const document = { querySelector: () => null };\n${code}`;
    if (!id.endsWith('/src/api/graphql.ts')) return;
    const noted = code.replace(/export const graphql = (\w+\(\))/, 'export const graphql = noted($1)');
    if (noted === code) throw new Error(`${id}: what makes documents is not found`);
    return noted;
  },
};
const server = await createServer({ configFile: false, root, appType: 'custom', logLevel: 'error', plugins: [noting], server: { middlewareMode: true, ws: false, hmr: false, watch: null }, optimizeDeps: { noDiscovery: true } });
const load = (name) => server.ssrLoadModule(`/src/${name}`);
// First what every page asks, Home, and lists; then pages of one thing, and the other views: in this order a server has them planned ahead.
await load('views/home/Home.tsx');
const { documents, exported } = await load('views/lists/documents.ts');
const lists = new Set(made.splice(0).concat(documents));
await load('views/records.ts');
const names = readdirSync(join(root, 'src'), { recursive: true }).sort();
for (const name of names) if (/(?<!\.d)\.tsx?$/.test(name) && name !== 'main.tsx') await load(name);
await server.close();

const operations = [...lists, ...made].filter(({ definitions }) => definitions.some(({ kind }) => kind === 'OperationDefinition'));
const texts = [...operations.map((document) => stringifyDocument(formatDocument(document))), ...exported];
const byHash = Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
writeFileSync(file, `${JSON.stringify(byHash, null, 1)}\n`);
