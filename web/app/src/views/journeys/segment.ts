import { graphql, type VariablesOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { changeParams, useRoute } from '../../route';
import { words } from '../../ui/words';
import { several, type JourneyInput, type Whose } from './definition';

const Probe = graphql(`
  query SegmentProbe($definition: JourneyDefinition!, $a: JourneyCases!, $b: JourneyCases!) { journeys(definition: $definition) { compare(a: $a, b: $b, of: ACTIVITIES) { a } } }
`);
export type Cases = VariablesOf<typeof Probe>['a'];

/** By what two segments are told apart: a choice whose values say nothing about a person. Several: a case may have more than one of them. */
export type Split = { id: string; word: string; values: readonly (readonly [value: string, word: string])[] | 'industries'; filter: (values: readonly string[]) => object; several?: boolean };

const plain = (field: string, word: string, values: readonly string[]): Split => ({ id: field, word, values: values.map((value) => [value, words(value)]), filter: (chosen) => ({ [field]: { in: chosen } }) });

const bands: Record<string, [word: string, filter: object]> = {
  SMALL: ['up to 50', { lte: 50 }],
  MIDDLE: ['51 to 500', { gt: 50, lte: 500 }],
  LARGE: ['more than 500', { gt: 500 }],
};

/** Splits by the company, which is reached in another way from each kind of case. */
const ofCompany = (reach: (account: object) => object): Split[] => [
  {
    id: 'size',
    word: 'Employees of the company',
    values: Object.entries(bands).map(([id, [word]]) => [id, word]),
    filter: (chosen) => reach({ or: chosen.map((band) => ({ firmographics: { employeeCount: bands[band][1] } })) }),
  },
  { id: 'industry', word: 'Industry of the company', values: 'industries', filter: (chosen) => reach({ firmographics: { industry: { in: chosen } } }) },
];

export const splits: Record<Whose, readonly Split[]> = {
  deals: [plain('type', 'Type of the deal', ['NEW', 'EXPANSION', 'RENEWAL']), plain('outcome', 'Outcome of the deal', ['WON', 'LOST']), ...ofCompany((account) => ({ account }))],
  cases: [
    plain('severity', 'Severity', ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
    plain('caseKind', 'Kind of case', ['COMPLAINT', 'REQUEST', 'PRAISE', 'SUGGESTION']),
    plain('status', 'Status', ['OPEN', 'PENDING', 'RESOLVED', 'CLOSED']),
    ...ofCompany((account) => ({ party: { account } })),
  ],
  customers: [
    plain('journeyStage', 'Stage', ['AWARENESS', 'INTEREST', 'CONSIDERATION', 'PURCHASE', 'ONBOARDING', 'USE', 'LOYALTY', 'ADVOCACY']),
    ...ofCompany((account) => ({ employments: { some: account } })).map((split) => ({ ...split, several: true })),
  ],
  accounts: [plain('accountStage', 'Stage', ['PROSPECT', 'CUSTOMER', 'PARTNER', 'FORMER']), ...ofCompany((account) => account)],
  orders: [plain('orderStatus', 'Status', ['PLACED', 'SHIPPED', 'DELIVERED', 'CANCELLED']), ...ofCompany((account) => ({ placedBy: { account } }))],
};

const IndustriesQuery = graphql(`
  query Industries { accounts(first: 200) { pageInfo { hasNextPage } edges { node { firmographics { industry } } } } }
`);

export type Segment = { values: readonly string[]; word: string; cases: Cases };

/**
 * The definition of one segment alone. Whoever is in both is left out, as it is where they are compared: of a case that has one value alone, being in one
 * segment says that it is known whether it is in the other, which the condition needs.
 */
export function only(input: JourneyInput, whose: Whose, one: Segment, other: Segment, both: number): JourneyInput {
  const filterOf = (cases: unknown) => (cases as Partial<Record<Whose, object>> | null | undefined)?.[whose] ?? {};
  const and = [filterOf(input.cases), filterOf(one.cases), ...(both > 0 ? [{ not: filterOf(other.cases) }] : [])].filter((filter) => Object.keys(filter).length > 0);
  return { ...input, cases: { [whose]: { and } } as Cases };
}

/** The two segments that the address says; without a word of it the first value of the choice, against all others. */
export function useSegments(whose: Whose) {
  const { params } = useRoute();
  const split = splits[whose].find((one) => one.id === params.split) ?? splits[whose][0];
  const read = useAnswer(IndustriesQuery, {}, { pause: split.values !== 'industries' });
  const companies = read.data?.accounts;
  const industries = [...new Set((companies?.edges ?? []).flatMap(({ node }) => (node.firmographics?.industry ? [node.firmographics.industry] : [])))].sort();
  const values = split.values === 'industries' ? industries.map((value): [string, string] => [value, value]) : split.values;
  const ids = values.map(([value]) => value);
  const chosen = (text: string | undefined, otherwise: readonly string[]) => {
    if (text === undefined) return otherwise;
    return several(text).filter((value) => ids.includes(value));
  };
  const segment = (picked: readonly string[]): Segment => ({
    values: picked,
    word: values.filter(([value]) => picked.includes(value)).map(([, word]) => word).join(' or '),
    cases: { [whose]: split.filter(picked) } as Cases,
  });
  const a = segment(chosen(params.a, ids.slice(0, 1)));
  const b = segment(chosen(params.b, ids.slice(1)));
  // Both are written: what one side leaves out would otherwise change with the other.
  const write = (next: { a?: readonly string[]; b?: readonly string[] }) => changeParams({ split: split.id, a: (next.a ?? a.values).join('|') || '|', b: (next.b ?? b.values).join('|') || '|' });
  return {
    split,
    values,
    a,
    b,
    read: split.values === 'industries' ? read : null,
    partly: split.values === 'industries' && companies?.pageInfo.hasNextPage === true,
    choose: (id: string) => changeParams({ split: id, a: null, b: null }),
    write,
    swap: () => write({ a: b.values, b: a.values }),
  };
}
