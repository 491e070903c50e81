// Runs all server audits of graphql-http against the endpoint that is named: node audit.mjs URL
import { serverAudits } from 'graphql-http';

const expected = 61; // of version 1.23.1, recommendations and options included
const url = process.argv[2];
if (!url) {
  console.error('usage: node audit.mjs URL');
  process.exit(2);
}

let passed = 0;
let failed = 0;
for (const { id, name, fn } of serverAudits({ url })) {
  let result;
  try {
    result = await fn();
  } catch (e) {
    result = { status: 'error', reason: `${e}${e.cause ? `: ${e.cause}` : ''}` };
  }
  console.log(`${result.status.padEnd(6)} ${id} ${name}${result.reason ? `: ${result.reason}` : ''}`);
  if (result.status === 'ok') passed++;
  else failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed === expected ? 0 : 1;
