// Starts Chromium for all tests: node chromium.mjs CHROMIUM. Prints the address at which browser.mjs finds it, and ends with its input.
import { chromium } from 'playwright-core';
import { how } from './browser.mjs';

const server = await chromium.launchServer({ ...how(process.argv[2]), host: '127.0.0.1' });
process.stdout.write(`${server.wsEndpoint()}\n`);
process.stdin.resume();
process.stdin.on('end', async () => {
  await server.close();
  process.exit();
});
