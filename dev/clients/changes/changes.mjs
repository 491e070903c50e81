// Prints what has changed from one schema to another, as JSON: node changes.mjs OLD NEW
import { readFileSync } from 'node:fs';
import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const [before, after] = process.argv.slice(2).map((file) => buildSchema(readFileSync(file, 'utf8')));
const changes = await diff(before, after);
console.log(JSON.stringify(changes.map((c) => ({ level: c.criticality.level, path: c.path ?? '', message: c.message }))));
