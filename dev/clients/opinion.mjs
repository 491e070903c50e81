// Executes operations by graphql-js on the rows that Kith has answered, and compares: node opinion.mjs SCHEMA CASES
// A case has the answer to a plain operation, whose rows are resolved here, and one that asks the same in other words, with Kith's
// answer to it. Where a field of the plain answer has an error, it is thrown here.
import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, validate } from 'graphql';

const [schemaFile, casesFile] = process.argv.slice(2);
if (!casesFile) {
  console.error('usage: node opinion.mjs SCHEMA CASES');
  process.exit(2);
}
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));

// rows puts errors where they belong, though null may have been propagated beyond.
function rows({ data, errors = [] }) {
  let root = data ?? {};
  for (const { path, message } of errors) {
    let at = root;
    path.slice(0, -1).forEach((step, i) => {
      at = at[step] ??= typeof path[i + 1] === 'number' ? [] : {};
    });
    at[path.at(-1)] = new Error(message);
  }
  return root;
}

// A further name of a field is its own and a number.
function fieldResolver(source, _args, _context, info) {
  const value = source[String(info.path.key).replace(/_\d+$/, '')];
  if (value instanceof Error) throw value;
  if (value === undefined) throw new Error(`${info.parentType.name}.${info.fieldName} was not answered`);
  return value;
}

const told = (errors = []) => errors.map((e) => JSON.stringify([e.path, e.message])).sort();

let equal = 0;
let differ = 0;
for (const c of JSON.parse(readFileSync(casesFile, 'utf8'))) {
  const document = parse(c.document);
  const invalid = validate(schema, document);
  const got = invalid.length
    ? { errors: invalid }
    : await execute({ schema, document, rootValue: rows(c.plain), variableValues: c.variables, fieldResolver, typeResolver: (v) => v.__typename });
  const [have, want] = [got, c.answer].map((a) => JSON.stringify([a.data ?? null, told(a.errors)]));
  if (have === want) {
    equal++;
    continue;
  }
  differ++;
  console.log(`graphql-js: ${have}\nKith:       ${want}\n${JSON.stringify(c.variables)}\n${c.document}\n`);
}
console.log(`${equal} equal, ${differ} differ`);
process.exitCode = differ ? 1 : 0;
