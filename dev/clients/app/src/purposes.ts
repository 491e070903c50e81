// Asks the same of the same customers for two purposes, and prints what is withheld of each: node purposes.js URL
import { ask } from './client.js';
import { getFragmentData, graphql } from './gql/index.js';
import type { Purpose } from './gql/graphql.js';
import { explain, withheldFragment, withheldIn, type WithheldAt } from './withheld.js';

const found = graphql(`
  query Found {
    customers(first: 100, orderBy: [{ familyName: ASC }]) {
      edges { node { id } }
    }
  }
`);

const shown = graphql(`
  query Shown($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Customer {
        name
        birthYear
        interactions(first: 1) { totalCount edges { node { text } } }
        withheld { ...Withheld }
      }
    }
  }
`);

/** What one customer looks like for a purpose: her name, and per field why it is withheld. */
interface Customer {
  id: string;
  name: string | null;
  node: Record<string, { reason: string; why: string }>;
}

/** What customers look like for a purpose, and per field and reason how often it is withheld of them. */
interface Seen {
  customers: Customer[];
  answer: { field: string; reason: string; count: number }[];
}

async function seen(url: string, purpose: Purpose, ids: string[]): Promise<Seen> {
  const answer = await ask(url, purpose, shown, { ids });
  if (answer.errors || !answer.data?.nodes) throw new Error(JSON.stringify(answer));
  const customers = answer.data.nodes.map((node) => {
    if (node?.__typename !== 'Customer') throw new Error(`no customer: ${JSON.stringify(node)}`);
    const ofNode = getFragmentData(withheldFragment, node.withheld);
    return {
      id: node.id,
      name: node.name ?? null,
      node: Object.fromEntries(ofNode.map((w) => [w.field, { reason: w.reason, why: explain(w) }])),
    };
  });
  const named = (w: WithheldAt) => w.path.filter((step) => typeof step === 'string').slice(1).join('.');
  return { customers, answer: withheldIn(answer).map((w) => ({ field: named(w), reason: w.reason, count: w.count })) };
}

const url = process.argv[2] ?? '';
const page = await ask(url, 'SALES', found, {});
const ids = page.data?.customers?.edges.map((e) => e.node.id) ?? [];
console.log(JSON.stringify({ SALES: await seen(url, 'SALES', ids), MARKETING: await seen(url, 'MARKETING', ids) }));
