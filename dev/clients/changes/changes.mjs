// Prints what has changed from one schema to another, as JSON, of each pair a list: node changes.mjs OLD NEW [OLD NEW ...]
import { readFileSync } from 'node:fs';
import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const schemas = process.argv.slice(2).map((file) => buildSchema(readFileSync(file, 'utf8')));
const all = [];
for (let i = 0; i < schemas.length; i += 2) {
  const changes = await diff(schemas[i], schemas[i + 1]);
  all.push(changes.map((c) => ({ level: c.criticality.level, path: c.path ?? '', message: c.message })));
}
console.log(JSON.stringify(all));
