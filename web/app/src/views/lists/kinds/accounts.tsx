import { graphql } from '../../../api/graphql';
import { Field, Money, whyWithheld, Withheld } from '../../../ui/values';
import { count, words } from '../../../ui/words';
import { Count, Edge, Node, Nodes } from '../cells';
import { column, type Definition, type Kind } from '../kind';

type Filter = ReturnType<typeof graphql.scalar<'AccountFilter'>>;

const stages = ['PROSPECT', 'CUSTOMER', 'FORMER', 'PARTNER'] satisfies ReturnType<typeof graphql.scalar<'AccountStage'>>[];

const columns = [
  column({
    id: 'name',
    word: 'Company',
    on: 'Account.displayName',
    width: 24,
    today: true,
    sort: (way) => ({ name: way }),
    cell: (account) => <Node of={account} />,
  }),
  column({
    id: 'stage',
    word: 'Stage',
    on: 'Account.accountStage',
    width: 10,
    select: graphql(`fragment AccountStageCell on Account { accountStage }`),
    sort: (way) => ({ accountStage: way }),
    cell: (account) => <Field of={account} field="accountStage">{words}</Field>,
  }),
  column({
    id: 'industry',
    word: 'Industry',
    on: 'Account.firmographics',
    width: 16,
    select: graphql(`fragment AccountIndustryCell on Account { firmographics { industry withheld { field reason purpose category since } } }`),
    cell: (account) => (
      <Edge of={account} field="firmographics" value={account.firmographics} none="not known">
        {(firmographics) => <Field of={firmographics} field="industry" />}
      </Edge>
    ),
  }),
  column({
    id: 'people',
    word: 'People',
    on: 'Account.people',
    width: 8,
    num: true,
    through: true,
    select: graphql(`fragment AccountPeopleCell on Account { people(first: 1) { totalCount } }`),
    sort: (way) => ({ people: { count: way } }),
    cell: (account) => <Count of={account} field="people" value={account.people} />,
  }),
  column({
    id: 'open',
    word: 'Open deals',
    on: 'Account.deals',
    width: 24,
    wide: true,
    select: graphql(`fragment AccountOpenCell on Account { open: deals(first: 1, filter: { stage: { notIn: [WON, LOST] } }) { totalCount aggregate { amount { currency sum } } } }`),
    sort: (way) => ({ deals: { filter: { stage: { notIn: ['WON', 'LOST'] } }, count: way } }),
    cell: (account) => (
      <Edge of={account} field="deals" alias="open" value={account.open}>
        {({ totalCount, aggregate }) => {
          const why = whyWithheld(account, 'open');
          return (
            <>
              <Count of={account} field="deals" alias="open" value={account.open} />
              <span className="beside">
                {aggregate?.amount?.map(({ currency, sum }) => sum !== null && <span key={currency}><Money of={{ amount: sum, currency }} /> </span>)}
                {why && totalCount !== null && aggregate?.amount?.every(({ sum }) => sum !== null) !== true && <Withheld why={why} short />}
              </span>
            </>
          );
        }}
      </Edge>
    ),
  }),
  column({
    id: 'orders',
    word: 'Orders',
    on: 'Account.orders',
    width: 7,
    num: true,
    through: true,
    select: graphql(`fragment AccountOrdersCell on Account { orders(first: 1) { totalCount } }`),
    sort: (way) => ({ orders: { count: way } }),
    cell: (account) => <Count of={account} field="orders" value={account.orders} />,
  }),
  column({
    id: 'cases',
    word: 'Cases',
    on: 'Account.cases',
    width: 7,
    num: true,
    through: true,
    select: graphql(`fragment AccountCasesCell on Account { cases(first: 1) { totalCount } }`),
    sort: (way) => ({ cases: { count: way } }),
    cell: (account) => <Count of={account} field="cases" value={account.cases} />,
  }),
  column({
    id: 'owners',
    word: 'Owners',
    on: 'Account.owners',
    width: 16,
    select: graphql(`fragment AccountOwnersCell on Account { owners(first: 2) { totalCount nodes { id displayName withheld { field reason purpose category since } } } }`),
    cell: (account) => <Nodes of={account} field="owners" value={account.owners} none="nobody" />,
  }),
  column({
    id: 'parent',
    word: 'Belongs to',
    on: 'Account.ultimateParent',
    width: 16,
    select: graphql(`fragment AccountParentCell on Account { ultimateParent { id displayName withheld { field reason purpose category since } } }`),
    cell: (account) => (
      <Edge of={account} field="ultimateParent" value={account.ultimateParent}>
        {(parent) => (parent.id === account.id ? <span className="faint">itself</span> : <Node of={parent} />)}
      </Edge>
    ),
  }),
  column({
    id: 'domain',
    word: 'Domain',
    on: 'Account.domain',
    width: 15,
    today: true,
    select: graphql(`fragment AccountDomainCell on Account { domain }`),
    sort: (way) => ({ domain: way }),
    cell: (account) => <Field of={account} field="domain" />,
  }),
  column({
    id: 'size',
    word: 'Employees',
    on: 'Firmographics.employeeCount',
    width: 9,
    num: true,
    select: graphql(`fragment AccountSizeCell on Account { firmographics { employeeCount withheld { field reason purpose category since } } }`),
    sort: (way) => ({ firmographics: { employeeCount: way } }),
    cell: (account) => (
      <Edge of={account} field="firmographics" value={account.firmographics} none="not known">
        {(firmographics) => <Field of={firmographics} field="employeeCount">{count}</Field>}
      </Edge>
    ),
  }),
];

const conditions: Definition<Filter>[] = [
  { id: 'stage', word: 'Stage', on: 'Account.accountStage', type: 'enum', values: stages, none: true, filter: (accountStage) => ({ accountStage }) },
  { id: 'mine', word: 'Owner', on: 'Account.owners', type: 'me', filter: (id) => ({ owners: { some: { id } } }) },
  { id: 'open', word: 'Open deals', on: 'Account.deals', type: 'count', unit: 'open deals', filter: (count) => ({ deals: { filter: { stage: { notIn: ['WON', 'LOST'] } }, count } }) },
  { id: 'deals', word: 'Deals', on: 'Account.deals', type: 'count', unit: 'deals', filter: (count) => ({ deals: { count } }) },
  { id: 'people', word: 'People', on: 'Account.people', type: 'count', unit: 'people', through: true, filter: (count) => ({ people: { count } }) },
  { id: 'orders', word: 'Orders', on: 'Account.orders', type: 'count', unit: 'orders', through: true, filter: (count) => ({ orders: { count } }) },
  { id: 'ordered', word: 'Last order', on: 'Account.orders', type: 'time', through: true, filter: (latest) => ({ orders: { placedAt: { latest } } }) },
  { id: 'cases', word: 'Cases', on: 'Account.cases', type: 'count', unit: 'cases', through: true, filter: (count) => ({ cases: { count } }) },
  { id: 'size', word: 'Employees', on: 'Firmographics.employeeCount', type: 'number', none: true, filter: (employeeCount) => ({ firmographics: { employeeCount } }) },
  { id: 'family', word: 'Belongs to', on: 'Account.ultimateParent', type: 'node', filter: (id) => ({ ultimateParent: { id } }) },
  { id: 'recorded', word: 'Recorded', on: 'Account.recordedAt', type: 'time', filter: (recordedAt) => ({ recordedAt }) },
  { id: 'name', word: 'Name', on: 'Account.name', type: 'text', filter: (name) => ({ name }) },
  { id: 'domain', word: 'Domain', on: 'Account.domain', type: 'text', filter: (domain) => ({ domain }) },
  { id: 'industry', word: 'Industry', on: 'Firmographics.industry', type: 'text', filter: (industry) => ({ firmographics: { industry } }) },
];

export const accounts: Kind = {
  id: 'accounts',
  type: 'Account',
  word: 'Accounts',
  one: 'account',
  many: 'accounts',
  columns,
  shown: ['stage', 'industry', 'people', 'open', 'orders', 'cases', 'owners'],
  sort: { of: 'name', way: 'ASC' },
  conditions,
  dimensions: [{ by: 'ACCOUNT_STAGE', key: 'accountStage', word: 'Stage', condition: 'stage' }],
};
