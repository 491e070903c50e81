import { graphql } from '../../../api/graphql';
import { Field } from '../../../ui/values';
import { words } from '../../../ui/words';
import { Ago, Count, Edge, Node } from '../cells';
import { column, type Definition, type Kind } from '../kind';

type Filter = ReturnType<typeof graphql.scalar<'CustomerFilter'>>;

const stages = ['AWARENESS', 'INTEREST', 'CONSIDERATION', 'PURCHASE', 'ONBOARDING', 'USE', 'LOYALTY', 'ADVOCACY'] satisfies ReturnType<typeof graphql.scalar<'JourneyStage'>>[];

const columns = [
  column({
    id: 'name',
    word: 'Name',
    on: 'Customer.displayName',
    width: 18,
    today: true,
    sort: (way) => ({ name: way }),
    cell: (customer) => <Node of={customer} />,
  }),
  column({
    id: 'job',
    word: 'Works at',
    on: 'Customer.employments',
    width: 24,
    wide: true,
    select: graphql(`fragment CustomerJobCell on Customer { employments(first: 1) { edges { properties { title } node { id displayName withheld { field reason purpose category since } } } } }`),
    cell: (customer) => (
      <Edge of={customer} field="employments" value={customer.employments}>
        {({ edges: [job] }) =>
          job ? (
            <>
              <Node of={job.node} />
              {job.properties.title && (
                <span className="beside">
                  <bdi>{job.properties.title}</bdi>
                </span>
              )}
            </>
          ) : (
            <span className="faint">no job known</span>
          )
        }
      </Edge>
    ),
  }),
  column({
    id: 'stage',
    word: 'Stage',
    on: 'Customer.journeyStage',
    width: 11,
    select: graphql(`fragment CustomerStageCell on Customer { journeyStage }`),
    sort: (way) => ({ journeyStage: way }),
    cell: (customer) => <Field of={customer} field="journeyStage">{words}</Field>,
  }),
  column({
    id: 'last',
    word: 'Last contact',
    dated: true,
    on: 'Customer.interactions',
    width: 13,
    through: true,
    select: graphql(`fragment CustomerLastCell on Customer { last: interactions(first: 1, orderBy: [{ at: DESC }]) { nodes { id at } } }`),
    sort: (way) => ({ interactions: { at: { latest: way } } }),
    cell: (customer) => (
      <Edge of={customer} field="interactions" alias="last" value={customer.last}>
        {({ nodes: [last] }) => (last?.at ? <Ago at={last.at} /> : <span className="faint">no contact</span>)}
      </Edge>
    ),
  }),
  column({
    id: 'email',
    word: 'E-mail',
    on: 'Customer.email',
    width: 22,
    wide: true,
    today: true,
    select: graphql(`fragment CustomerEmailCell on Customer { email }`),
    sort: (way) => ({ email: way }),
    cell: (customer) => <Field of={customer} field="email" />,
  }),
  column({
    id: 'orders',
    word: 'Orders',
    on: 'Customer.orders',
    width: 7,
    num: true,
    through: true,
    select: graphql(`fragment CustomerOrdersCell on Customer { orders(first: 1) { totalCount } }`),
    sort: (way) => ({ orders: { count: way } }),
    cell: (customer) => <Count of={customer} field="orders" value={customer.orders} />,
  }),
  column({
    id: 'cases',
    word: 'Cases',
    on: 'Customer.cases',
    width: 7,
    num: true,
    through: true,
    select: graphql(`fragment CustomerCasesCell on Customer { cases(first: 1) { totalCount } }`),
    sort: (way) => ({ cases: { count: way } }),
    cell: (customer) => <Count of={customer} field="cases" value={customer.cases} />,
  }),
  column({
    id: 'contacts',
    word: 'Contacts',
    on: 'Customer.interactions',
    width: 8,
    num: true,
    through: true,
    select: graphql(`fragment CustomerContactsCell on Customer { contacts: interactions(first: 1) { totalCount } }`),
    sort: (way) => ({ interactions: { count: way } }),
    cell: (customer) => <Count of={customer} field="interactions" alias="contacts" value={customer.contacts} />,
  }),
  column({
    id: 'phone',
    word: 'Telephone',
    on: 'Customer.phone',
    width: 13,
    today: true,
    select: graphql(`fragment CustomerPhoneCell on Customer { phone }`),
    cell: (customer) => <Field of={customer} field="phone" />,
  }),
  column({
    id: 'language',
    word: 'Language',
    on: 'Customer.language',
    width: 8,
    today: true,
    select: graphql(`fragment CustomerLanguageCell on Customer { language }`),
    sort: (way) => ({ language: way }),
    cell: (customer) => <Field of={customer} field="language" />,
  }),
  column({
    id: 'occupation',
    word: 'Occupation',
    on: 'Customer.occupation',
    width: 13,
    today: true,
    select: graphql(`fragment CustomerOccupationCell on Customer { occupation }`),
    sort: (way) => ({ occupation: way }),
    cell: (customer) => <Field of={customer} field="occupation" />,
  }),
  column({
    id: 'born',
    word: 'Year of birth',
    on: 'Customer.birthYear',
    width: 10,
    num: true,
    today: true,
    select: graphql(`fragment CustomerBornCell on Customer { birthYear }`),
    sort: (way) => ({ birthYear: way }),
    cell: (customer) => <Field of={customer} field="birthYear" />,
  }),
  column({
    id: 'introduces',
    word: 'Introduces others',
    on: 'Customer.introducesOthers',
    width: 11,
    today: true,
    select: graphql(`fragment CustomerIntroducesCell on Customer { introducesOthers }`),
    sort: (way) => ({ introducesOthers: way }),
    cell: (customer) => <Field of={customer} field="introducesOthers">{(does) => (does ? 'yes' : 'no')}</Field>,
  }),
];

const conditions: Definition<Filter>[] = [
  { id: 'stage', word: 'Stage', on: 'Customer.journeyStage', type: 'enum', values: stages, none: true, filter: (journeyStage) => ({ journeyStage }) },
  { id: 'account', word: 'Works at', on: 'Customer.employments', type: 'node', through: true, filter: (id) => ({ employments: { some: { id } } }) },
  { id: 'last', word: 'Last contact', on: 'Customer.interactions', type: 'time', through: true, filter: (latest) => ({ interactions: { at: { latest } } }) },
  { id: 'contacts', word: 'Contacts', on: 'Customer.interactions', type: 'count', unit: 'contacts', through: true, filter: (count) => ({ interactions: { count } }) },
  { id: 'orders', word: 'Orders', on: 'Customer.orders', type: 'count', unit: 'orders', through: true, filter: (count) => ({ orders: { count } }) },
  { id: 'cases', word: 'Cases', on: 'Customer.cases', type: 'count', unit: 'cases', through: true, filter: (count) => ({ cases: { count } }) },
  { id: 'openCases', word: 'Open cases', on: 'Customer.cases', type: 'count', unit: 'open cases', through: true, filter: (count) => ({ cases: { filter: { status: { in: ['OPEN', 'PENDING'] } }, count } }) },
  { id: 'born', word: 'Year of birth', on: 'Customer.birthYear', type: 'number', none: true, filter: (birthYear) => ({ birthYear }) },
  { id: 'gender', word: 'Gender', on: 'Customer.gender', type: 'enum', values: ['FEMALE', 'MALE', 'DIVERSE'], none: true, filter: (gender) => ({ gender }) },
  { id: 'recorded', word: 'Recorded', on: 'Customer.recordedAt', type: 'time', filter: (recordedAt) => ({ recordedAt }) },
  { id: 'name', word: 'Name', on: 'Customer.name', type: 'text', filter: (name) => ({ name }) },
  { id: 'email', word: 'E-mail', on: 'Customer.email', type: 'text', filter: (email) => ({ email }) },
  { id: 'occupation', word: 'Occupation', on: 'Customer.occupation', type: 'text', filter: (occupation) => ({ occupation }) },
];

export const customers: Kind = {
  id: 'customers',
  type: 'Customer',
  word: 'Customers',
  one: 'customer',
  many: 'customers',
  columns,
  shown: ['job', 'stage', 'last', 'email', 'orders', 'cases'],
  sort: { of: 'name', way: 'ASC' },
  conditions,
  dimensions: [{ by: 'JOURNEY_STAGE', key: 'journeyStage', word: 'Stage', condition: 'stage' }],
};
