// Follows a cursor with Apollo Client and its normalised cache: node apollo.js URL PURPOSE FIRST
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { oneCustomer, pageOfCustomers, type Pages } from './pages.js';

const [url = '', purpose = '', first = ''] = process.argv.slice(2);
const warnings: string[] = [];
console.warn = console.error = (...what: unknown[]) => warnings.push(what.map(String).join(' '));

// What is withheld differs from purpose to purpose: each has a client, and so a cache, of its own.
const client = new ApolloClient({
  link: new HttpLink({ uri: url, headers: { 'kith-purpose': purpose } }),
  cache: new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          customers: relayStylePagination(['filter', 'orderBy']),
          customer: { read: (_, { args, toReference }) => toReference({ __typename: 'Customer', id: args?.['id'] as string }) },
        },
      },
    },
  }),
});

const variables = { first: Number(first) };
const list = client.watchQuery({ query: pageOfCustomers, variables });
const reading = list.subscribe(() => {}); // as a component does while it is shown
const one = (await client.query({ query: pageOfCustomers, variables })).data?.customers;
const two = (await list.fetchMore({ variables: { after: one?.pageInfo.endCursor ?? null } })).data?.customers;
const merged = client.readQuery({ query: pageOfCustomers, variables })?.customers?.edges.map((e) => e.node.id) ?? [];
const result: Pages = {
  pages: [one, two].map((page) => (page?.edges ?? []).map((e) => e.node.name)),
  merged,
  byId: client.readQuery({ query: oneCustomer, variables: { id: merged.at(-1) ?? '' } })?.customer?.name,
  warnings,
};
console.log(JSON.stringify(result));
reading.unsubscribe();
client.stop();
