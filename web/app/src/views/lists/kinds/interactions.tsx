import { graphql } from '../../../api/graphql';
import { hrefOf } from '../../../route';
import { Field } from '../../../ui/values';
import { dayShort, time, words } from '../../../ui/words';
import { Began, Edge, Node, Nodes } from '../cells';
import { column, type Definition, type Kind } from '../kind';

type Filter = ReturnType<typeof graphql.scalar<'InteractionFilter'>>;

const kinds = ['CALL', 'MAIL', 'CHAT', 'VISIT', 'PAGE_VIEW', 'MEETING', 'MENTION', 'PAYMENT', 'OTHER'] satisfies ReturnType<typeof graphql.scalar<'InteractionKind'>>[];
const channels = ['PHONE', 'EMAIL', 'WEB', 'APP', 'CHAT', 'IN_PERSON', 'SOCIAL', 'POST', 'OTHER'] satisfies ReturnType<typeof graphql.scalar<'Channel'>>[];
const origins = ['CUSTOMER', 'BUSINESS', 'ENVIRONMENT'] satisfies ReturnType<typeof graphql.scalar<'Origin'>>[];

const columns = [
  column({
    id: 'at',
    word: 'When',
    dated: true,
    on: 'Interaction.at',
    width: 13,
    select: graphql(`fragment InteractionAtCell on Interaction { at }`),
    sort: (way) => ({ at: way }),
    cell: (one) => (
      <a className="plain list-link" href={hrefOf(one.id)}>
        <Field of={one} field="at">
          {(at) => (
            <time dateTime={at}>
              {dayShort(at)} <span className="faint">{time(at)}</span>
            </time>
          )}
        </Field>
      </a>
    ),
  }),
  column({
    id: 'kind',
    word: 'Kind',
    on: 'Interaction.kind',
    width: 10,
    select: graphql(`fragment InteractionKindCell on Interaction { kind origin }`),
    sort: (way) => ({ kind: way }),
    cell: (one) => (
      <span className="row-mark">
        <Began origin={one.origin} />
        <Field of={one} field="kind">{words}</Field>
      </span>
    ),
  }),
  column({
    id: 'subject',
    word: 'Subject',
    on: 'Interaction.subject',
    width: 28,
    wide: true,
    select: graphql(`fragment InteractionSubjectCell on Interaction { subject }`),
    sort: (way) => ({ subject: way }),
    cell: (one) => <Field of={one} field="subject" none="without a subject" />,
  }),
  column({
    id: 'customers',
    word: 'Customers',
    on: 'Interaction.customers',
    width: 20,
    wide: true,
    through: true,
    select: graphql(`fragment InteractionCustomersCell on Interaction { customers(first: 2) { totalCount nodes { id displayName withheld { field reason purpose category since } } } }`),
    cell: (one) => <Nodes of={one} field="customers" value={one.customers} none="nobody whom you may see" />,
  }),
  column({
    id: 'employees',
    word: 'Our people',
    on: 'Interaction.employees',
    width: 16,
    select: graphql(`fragment InteractionEmployeesCell on Interaction { employees(first: 2) { totalCount nodes { id displayName withheld { field reason purpose category since } } } }`),
    cell: (one) => <Nodes of={one} field="employees" value={one.employees} none="nobody" />,
  }),
  column({
    id: 'channel',
    word: 'Channel',
    on: 'Interaction.channel',
    width: 9,
    select: graphql(`fragment InteractionChannelCell on Interaction { channel }`),
    sort: (way) => ({ channel: way }),
    cell: (one) => <Field of={one} field="channel">{words}</Field>,
  }),
  column({
    id: 'origin',
    word: 'Began by',
    on: 'Interaction.origin',
    width: 9,
    select: graphql(`fragment InteractionOriginCell on Interaction { origin }`),
    sort: (way) => ({ origin: way }),
    cell: (one) => <Field of={one} field="origin">{words}</Field>,
  }),
  column({
    id: 'activity',
    word: 'Activity',
    on: 'Interaction.activity',
    width: 12,
    select: graphql(`fragment InteractionActivityCell on Interaction { activity }`),
    sort: (way) => ({ activity: way }),
    cell: (one) => <Field of={one} field="activity" none="none" />,
  }),
  column({
    id: 'sentiment',
    word: 'Sentiment',
    on: 'Interaction.sentiment',
    width: 8,
    num: true,
    select: graphql(`fragment InteractionSentimentCell on Interaction { sentiment }`),
    sort: (way) => ({ sentiment: way }),
    cell: (one) => <Field of={one} field="sentiment">{(value) => value.toFixed(2)}</Field>,
  }),
  column({
    id: 'result',
    word: 'Result',
    on: 'Interaction.result',
    width: 12,
    select: graphql(`fragment InteractionResultCell on Interaction { result }`),
    sort: (way) => ({ result: way }),
    cell: (one) => <Field of={one} field="result" none="none" />,
  }),
  column({
    id: 'case',
    word: 'Case',
    on: 'Interaction.case',
    width: 14,
    through: true,
    select: graphql(`fragment InteractionCaseCell on Interaction { case { id displayName withheld { field reason purpose category since } } }`),
    cell: (one) => (
      <Edge of={one} field="case" value={one.case}>
        {(of) => <Node of={of} />}
      </Edge>
    ),
  }),
];

const conditions: Definition<Filter>[] = [
  { id: 'kind', word: 'Kind', on: 'Interaction.kind', type: 'enum', values: kinds, filter: (kind) => ({ kind }) },
  { id: 'at', word: 'When', on: 'Interaction.at', type: 'time', filter: (at) => ({ at }) },
  { id: 'origin', word: 'Began by', on: 'Interaction.origin', type: 'enum', values: origins, filter: (origin) => ({ origin }) },
  { id: 'channel', word: 'Channel', on: 'Interaction.channel', type: 'enum', values: channels, filter: (channel) => ({ channel }) },
  { id: 'mine', word: 'Our person', on: 'Interaction.employees', type: 'me', through: true, filter: (id) => ({ employees: { some: { id } } }) },
  { id: 'account', word: 'Company of a customer', on: 'Interaction.customers', type: 'node', through: true, filter: (id) => ({ customers: { some: { employments: { some: { id } } } } }) },
  { id: 'customers', word: 'Customers', on: 'Interaction.customers', type: 'count', unit: 'customers', through: true, filter: (count) => ({ customers: { count } }) },
  { id: 'sentiment', word: 'Sentiment', on: 'Interaction.sentiment', type: 'number', none: true, filter: (sentiment) => ({ sentiment }) },
  { id: 'subject', word: 'Subject', on: 'Interaction.subject', type: 'text', filter: (subject) => ({ subject }) },
  { id: 'text', word: 'Text', on: 'Interaction.text', type: 'text', filter: (text) => ({ text }) },
];

export const interactions: Kind = {
  id: 'interactions',
  type: 'Interaction',
  word: 'Interactions',
  one: 'interaction',
  many: 'interactions',
  columns,
  shown: ['kind', 'subject', 'customers', 'employees', 'channel'],
  sort: { of: 'at', way: 'DESC' },
  conditions,
  opens: { of: 'at', op: 'within', values: ['P7D'] },
  dimensions: [
    { by: 'KIND', key: 'kind', word: 'Kind', condition: 'kind' },
    { by: 'CHANNEL', key: 'channel', word: 'Channel', condition: 'channel' },
    { by: 'ORIGIN', key: 'origin', word: 'Began by', condition: 'origin' },
  ],
};
