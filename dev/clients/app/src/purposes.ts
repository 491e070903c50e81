// Asks the same of the same customers for two purposes, and prints what is withheld of each: node purposes.js URL
import { ask } from './client.js';
import { getFragmentData, graphql } from './gql/index.js';
import type { Purpose } from './gql/graphql.js';
import { explain, withheldFragment, withheldIn } from './withheld.js';

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
interface Seen {
  id: string;
  name: string | null;
  node: Record<string, string>;
  answer: Record<string, string>;
}

async function seen(url: string, purpose: Purpose, ids: string[]): Promise<Seen[]> {
  const answer = await ask(url, purpose, shown, { ids });
  if (answer.errors || !answer.data?.nodes) throw new Error(JSON.stringify(answer));
  const ofAnswer = withheldIn(answer);
  return answer.data.nodes.map((node, i) => {
    if (node?.__typename !== 'Customer') throw new Error(`no customer: ${JSON.stringify(node)}`);
    const ofNode = getFragmentData(withheldFragment, node.withheld);
    return {
      id: node.id,
      name: node.name ?? null,
      node: Object.fromEntries(ofNode.map((w) => [w.field, explain(w)])),
      answer: Object.fromEntries(ofAnswer.filter((w) => w.path[1] === i).map((w) => [w.path.slice(2).join('.'), explain(w)])),
    };
  });
}

const url = process.argv[2] ?? '';
const page = await ask(url, 'SALES', found, {});
const ids = page.data?.customers?.edges.map((e) => e.node.id) ?? [];
console.log(JSON.stringify({ SALES: await seen(url, 'SALES', ids), MARKETING: await seen(url, 'MARKETING', ids) }));
