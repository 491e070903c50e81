import { graphql, type Purpose, type VariablesOf } from '../../api/graphql';
import { changeParams, isDay, useRoute, type Route } from '../../route';
import { useViewer } from '../../frame/viewer';

/** What a journey is asked with; its shape is the schema's. */
const Probe = graphql(`query Probe($definition: JourneyDefinition!) { journeys(definition: $definition) { hash } }`);
export type JourneyInput = VariablesOf<typeof Probe>['definition'];
export type Part = ReturnType<typeof graphql.scalar<'JourneyPart'>>;
export type Repeats = ReturnType<typeof graphql.scalar<'JourneyRepeats'>>;

export const whose = ['deals', 'cases', 'customers', 'accounts', 'orders'] as const;
export type Whose = (typeof whose)[number];

/** What is counted, as it stands in the address: choices, days and names of activities, none of which is about a person. */
export type Definition = {
  whose: Whose;
  /** One value of the choice by which cases are narrowed; see narrowed. */
  only: string | null;
  from: string | null;
  to: string | null;
  kinds: readonly string[];
  by: readonly Part[];
  exclude: readonly string[];
  repeats: Repeats;
  idle: string | null;
  /** Activities at which a case has come where it should: an end there is no drop-out. */
  goals: readonly string[];
};

/** By which of its choices the cases of a kind are narrowed. */
export const narrowed: Record<Whose, { field: string; word: string; values: readonly string[] }> = {
  deals: { field: 'type', word: 'Type', values: ['NEW', 'EXPANSION', 'RENEWAL'] },
  cases: { field: 'caseKind', word: 'Kind', values: ['COMPLAINT', 'REQUEST', 'PRAISE', 'SUGGESTION'] },
  customers: { field: 'journeyStage', word: 'Stage', values: ['AWARENESS', 'INTEREST', 'CONSIDERATION', 'PURCHASE', 'ONBOARDING', 'USE', 'LOYALTY', 'ADVOCACY'] },
  accounts: { field: 'accountStage', word: 'Stage', values: ['PROSPECT', 'CUSTOMER', 'PARTNER', 'FORMER'] },
  orders: { field: 'orderStatus', word: 'Status', values: ['PLACED', 'SHIPPED', 'DELIVERED', 'CANCELLED'] },
};

/** A question worth beginning with: what is counted, and the steps of its funnel. */
export type Question = { id: string; word: string; definition: Definition; steps: readonly string[] };

/** All events of deals, by their kind. */
export const plain: Definition = { whose: 'deals', only: null, from: null, to: null, kinds: [], by: ['KIND'], exclude: [], repeats: 'KEEP', idle: null, goals: [] };

export const questions: readonly Question[] = [
  {
    id: 'deals',
    word: 'How deals run through their stages',
    definition: { ...plain, kinds: ['DEAL_STAGE'], by: ['DETAIL'], goals: ['WON'] },
    steps: ['PROSPECTING', 'PROPOSAL', 'WON'],
  },
  {
    id: 'touches',
    word: 'What comes before a deal is won',
    definition: { ...plain, kinds: ['DEAL_STAGE', 'INTERACTION'], by: ['DETAIL'], goals: ['WON'] },
    steps: ['PROSPECTING', 'MEETING', 'WON'],
  },
  {
    id: 'cases',
    word: 'How cases run from opening to closing',
    definition: {
      ...plain,
      whose: 'cases',
      kinds: ['CASE', 'CASE_RESOLVED', 'FEEDBACK'],
      by: ['KIND', 'DETAIL'],
      goals: ['CASE_RESOLVED COMPLAINT', 'CASE_RESOLVED REQUEST', 'CASE_RESOLVED SUGGESTION', 'CASE_RESOLVED PRAISE', 'FEEDBACK CSAT'],
    },
    steps: ['CASE COMPLAINT', 'CASE_RESOLVED COMPLAINT'],
  },
  {
    id: 'handling',
    word: 'What is said and written in cases',
    definition: { ...plain, whose: 'cases', kinds: ['CASE', 'CASE_RESOLVED', 'INTERACTION'], by: ['KIND', 'DETAIL'] },
    steps: ['CASE COMPLAINT', 'INTERACTION MAIL', 'CASE_RESOLVED COMPLAINT'],
  },
  {
    id: 'customers',
    word: 'What customers do with us',
    definition: { ...plain, whose: 'customers', kinds: ['ORDER', 'RETURN', 'CASE', 'FEEDBACK'], repeats: 'COLLAPSE' },
    steps: ['ORDER', 'FEEDBACK'],
  },
  {
    id: 'accounts',
    word: 'What companies do around hidden events',
    definition: { ...plain, whose: 'accounts', kinds: ['HIDDEN_EVENT', 'CASE', 'ORDER', 'FEEDBACK'], by: ['KIND', 'DETAIL'], repeats: 'COLLAPSE' },
    steps: ['HIDDEN_EVENT OUTAGE', 'CASE COMPLAINT'],
  },
  {
    id: 'orders',
    word: 'How orders come to an end',
    definition: { ...plain, whose: 'orders', kinds: ['ORDER', 'ORDER_SHIPPED', 'RETURN', 'RETURN_RECEIVED'], goals: ['ORDER_SHIPPED'] },
    steps: ['ORDER', 'ORDER_SHIPPED'],
  },
];

/** The question with which a purpose begins: one that it may ask. */
const first: Partial<Record<Purpose, string>> = { SERVICE: 'cases', COMPLIANCE: 'cases', ANALYSIS: 'customers', MARKETING: 'customers' };

/** Names are told apart by a bar: activities of event logs have other signs in their names. */
export const several = (text: string | undefined): string[] => (text ? text.split('|').filter(Boolean) : []);
export const joined = (names: readonly string[]): string | null => names.join('|') || null;

const isSpan = (text: string | undefined) => (text && /^P\d{1,4}D$/.test(text) ? text : null);
export const parts: readonly Part[] = ['KIND', 'DETAIL', 'CHANNEL', 'OUTCOME'];
const repeats: readonly Repeats[] = ['KEEP', 'COLLAPSE', 'CUT'];

export function readDefinition(params: Route['params'], purpose: Purpose | null): { definition: Definition; question: Question | null } {
  if (!params.whose) {
    const question = questions.find((one) => one.id === (params.question ?? first[purpose ?? 'SALES'] ?? 'deals')) ?? questions[0];
    return { definition: question.definition, question };
  }
  const chosen = whose.find((one) => one === params.whose) ?? 'deals';
  const by = several(params.by).filter((part): part is Part => parts.includes(part as Part));
  return {
    question: null,
    definition: {
      whose: chosen,
      only: narrowed[chosen].values.includes(params.only ?? '') ? params.only : null,
      from: isDay(params.from) ? params.from : null,
      to: isDay(params.to) ? params.to : null,
      kinds: several(params.kinds),
      by: by.length > 0 ? by : ['KIND'],
      exclude: several(params.exclude),
      repeats: repeats.find((one) => one === params.repeats) ?? 'KEEP',
      idle: isSpan(params.idle),
      goals: several(params.goals),
    },
  };
}

/** A definition as it is asked; a period holds its last day. */
export function inputOf({ whose, only, from, to, kinds, by, exclude, repeats, idle }: Definition): JourneyInput {
  const cases = { [whose]: only ? { [narrowed[whose].field]: { eq: only } } : {} } as unknown as JourneyInput['cases'];
  return {
    cases,
    ...(from ? { from: `${from}T00:00:00Z` } : {}),
    ...(to ? { to: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString() } : {}),
    ...(kinds.length > 0 ? { events: { kinds: [...kinds] } } : {}),
    by: [...by],
    ...(exclude.length > 0 ? { exclude: [...exclude] } : {}),
    repeats,
    ...(idle ? { idle } : {}),
  };
}

/** All that the address says of a definition. Names that another one does not have go. */
function paramsOf(d: Definition): Record<string, string | null> {
  return {
    question: null, whose: d.whose, only: d.only, from: d.from, to: d.to, kinds: joined(d.kinds), by: joined(d.by), exclude: joined(d.exclude),
    repeats: d.repeats, idle: d.idle, goals: joined(d.goals),
  };
}

const views = { start: null, steps: null, exits: null, edge: null, acts: null, paths: null };

/** The definition in the address, and how to change it. What its activities are called by decides which names stay. */
export function useDefinition() {
  const { params } = useRoute();
  const { purpose } = useViewer();
  const { definition, question } = readDefinition(params, purpose);
  return {
    definition,
    question,
    change: (change: Partial<Definition>) => {
      const renamed = change.by !== undefined || change.whose !== undefined;
      const names = renamed ? { exclude: [], goals: [] } : {};
      const cases = change.whose !== undefined ? { only: null, kinds: [] } : {};
      changeParams({ ...paramsOf({ ...definition, ...names, ...cases, ...change }), ...(renamed ? views : {}) });
    },
    ask: (id: string) =>
      changeParams({ whose: null, only: null, from: null, to: null, kinds: null, by: null, exclude: null, repeats: null, idle: null, goals: null, ...views, question: id }),
  };
}
