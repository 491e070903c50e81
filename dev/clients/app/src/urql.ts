// Follows a cursor with urql and its normalised cache: node urql.js URL PURPOSE FIRST
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { oneCustomer, pageOfCustomers, type Pages } from './pages.js';

const [url = '', purpose = '', first = ''] = process.argv.slice(2);
const warnings: string[] = [];

// What is withheld differs from purpose to purpose: each has a client, and so a cache, of its own.
const client = new Client({
  url,
  preferGetMethod: false,
  fetchOptions: { headers: { 'kith-purpose': purpose } },
  exchanges: [
    cacheExchange({
      keys: { Money: () => null, Withheld: () => null, Employment: () => null },
      resolvers: {
        Query: { customers: relayPagination(), customer: (_, args) => ({ __typename: 'Customer', id: String(args['id']) }) },
      },
      logger: (level, message) => {
        if (level !== 'debug') warnings.push(message);
      },
    }),
    fetchExchange,
  ],
});

async function page(after: string | null) {
  const { data, error } = await client.query(pageOfCustomers, { first: Number(first), after }).toPromise();
  if (error || !data?.customers) throw error ?? new Error('no page');
  return data.customers;
}

const one = await page(null);
const both = await page(one.pageInfo.endCursor ?? null);
const merged = both.edges.map((e) => e.node.id);
const cached = await client.query(oneCustomer, { id: merged.at(-1) ?? '' }, { requestPolicy: 'cache-only' }).toPromise();
const result: Pages = {
  pages: [one.edges, both.edges.slice(one.edges.length)].map((edges) => edges.map((e) => e.node.name)),
  merged,
  byId: cached.data?.customer?.name,
  warnings,
};
console.log(JSON.stringify(result));
