import type { Family } from './queries';

export type Company = Family['nodes'][number];
export type Branch = { company: Company; share: number | null; below: Branch[]; ids: string[] };

/** The family as a tree. A company that two own stands below the first of them; one whose owners are not told of stands at the top. */
export function treeOf(nodes: readonly Company[]): Branch[] {
  const there = new Set(nodes.map((node) => node.id));
  const parent = (node: Company) => node.parents?.edges.find((edge) => there.has(edge.node.id));
  const seen = new Set<string>();
  const branch = (company: Company): Branch => {
    seen.add(company.id);
    const below = nodes.filter((node) => parent(node)?.node.id === company.id && !seen.has(node.id)).map(branch);
    return { company, share: parent(company)?.properties.share ?? null, below, ids: [company.id, ...below.flatMap((one) => one.ids)] };
  };
  return nodes.filter((node) => parent(node) === undefined).map(branch);
}

/** How many work in all companies of a branch of which that is told, and of how many it is. */
export function employees({ company, below }: Branch): { sum: number; told: number } {
  const own = company.firmographics?.employeeCount;
  return below.map(employees).reduce((all, one) => ({ sum: all.sum + one.sum, told: all.told + one.told }), {
    sum: own ?? 0,
    told: own === null || own === undefined ? 0 : 1,
  });
}
