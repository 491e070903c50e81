import { graphql } from '../../../api/graphql';
import { hrefOf } from '../../../route';
import { Chip, Field } from '../../../ui/values';
import { dayShort, words } from '../../../ui/words';
import { Ago, Count, Edge, Node } from '../cells';
import { column, type Definition, type Kind } from '../kind';

type Filter = ReturnType<typeof graphql.scalar<'CaseFilter'>>;

const kinds = ['COMPLAINT', 'REQUEST', 'PRAISE', 'SUGGESTION'] satisfies ReturnType<typeof graphql.scalar<'CaseKind'>>[];
const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] satisfies ReturnType<typeof graphql.scalar<'Severity'>>[];
const statuses = ['OPEN', 'PENDING', 'RESOLVED', 'CLOSED'] satisfies ReturnType<typeof graphql.scalar<'CaseStatus'>>[];

const columns = [
  column({
    id: 'number',
    word: 'Case',
    on: 'Case.number',
    width: 28,
    today: true,
    select: graphql(`fragment CaseNumberCell on Case { number subject }`),
    sort: (way) => ({ number: way }),
    cell: (one) => (
      <>
        <a className="plain list-link" href={hrefOf(one.id)}>
          <Field of={one} field="number" none="without a number" />
        </a>
        <span className="beside">
          <Field of={one} field="subject" none="without a subject" />
        </span>
      </>
    ),
  }),
  column({
    id: 'status',
    word: 'Status',
    on: 'Case.status',
    width: 10,
    select: graphql(`fragment CaseStatusCell on Case { status }`),
    sort: (way) => ({ status: way }),
    cell: (one) => <Field of={one} field="status">{words}</Field>,
  }),
  column({
    id: 'severity',
    word: 'Severity',
    on: 'Case.severity',
    width: 10,
    select: graphql(`fragment CaseSeverityCell on Case { severity }`),
    sort: (way) => ({ severity: way }),
    cell: (one) => (
      <Field of={one} field="severity">
        {(severity) => (severity === 'CRITICAL' || severity === 'HIGH' ? <Chip tone={severity === 'CRITICAL' ? 'risk' : 'warning'} icon="warn">{words(severity)}</Chip> : words(severity))}
      </Field>
    ),
  }),
  column({
    id: 'kind',
    word: 'Kind',
    on: 'Case.caseKind',
    width: 10,
    today: true,
    select: graphql(`fragment CaseKindCell on Case { caseKind }`),
    sort: (way) => ({ caseKind: way }),
    cell: (one) => <Field of={one} field="caseKind">{words}</Field>,
  }),
  column({
    id: 'party',
    word: 'Of',
    on: 'Case.party',
    width: 19,
    wide: true,
    select: graphql(`fragment CasePartyCell on Case { party { __typename ... on Customer { id displayName withheld { field reason purpose category since } } ... on Account { id displayName withheld { field reason purpose category since } } } }`),
    cell: (one) => (
      <Edge of={one} field="party" value={one.party} none="nobody whom you may see">
        {(party) => <Node of={party} />}
      </Edge>
    ),
  }),
  column({
    id: 'product',
    word: 'Product',
    on: 'Case.product',
    width: 15,
    select: graphql(`fragment CaseProductCell on Case { product { id displayName withheld { field reason purpose category since } } }`),
    cell: (one) => (
      <Edge of={one} field="product" value={one.product}>
        {(product) => <Node of={product} />}
      </Edge>
    ),
  }),
  column({
    id: 'opened',
    word: 'Opened',
    dated: true,
    on: 'Case.openedAt',
    width: 12,
    select: graphql(`fragment CaseOpenedCell on Case { openedAt }`),
    sort: (way) => ({ openedAt: way }),
    cell: (one) => <Field of={one} field="openedAt">{(at) => <Ago at={at} />}</Field>,
  }),
  column({
    id: 'resolved',
    word: 'Resolved',
    dated: true,
    on: 'Case.resolvedAt',
    width: 10,
    select: graphql(`fragment CaseResolvedCell on Case { resolvedAt }`),
    sort: (way) => ({ resolvedAt: way }),
    cell: (one) => <Field of={one} field="resolvedAt" none="not yet">{(at) => <time dateTime={at}>{dayShort(at)}</time>}</Field>,
  }),
  column({
    id: 'contacts',
    word: 'Contacts',
    on: 'Case.interactions',
    width: 8,
    num: true,
    through: true,
    select: graphql(`fragment CaseContactsCell on Case { contacts: interactions(first: 1) { totalCount } }`),
    sort: (way) => ({ interactions: { count: way } }),
    cell: (one) => <Count of={one} field="interactions" alias="contacts" value={one.contacts} />,
  }),
  column({
    id: 'last',
    word: 'Last contact',
    dated: true,
    on: 'Case.interactions',
    width: 12,
    through: true,
    select: graphql(`fragment CaseLastCell on Case { last: interactions(first: 1, orderBy: [{ at: DESC }]) { nodes { id at } } }`),
    sort: (way) => ({ interactions: { at: { latest: way } } }),
    cell: (one) => (
      <Edge of={one} field="interactions" alias="last" value={one.last}>
        {({ nodes: [last] }) => (last?.at ? <Ago at={last.at} /> : <span className="faint">no contact</span>)}
      </Edge>
    ),
  }),
];

const conditions: Definition<Filter>[] = [
  { id: 'status', word: 'Status', on: 'Case.status', type: 'enum', values: statuses, filter: (status) => ({ status }) },
  { id: 'severity', word: 'Severity', on: 'Case.severity', type: 'enum', values: severities, none: true, filter: (severity) => ({ severity }) },
  { id: 'kind', word: 'Kind', on: 'Case.caseKind', type: 'enum', values: kinds, filter: (caseKind) => ({ caseKind }) },
  { id: 'opened', word: 'Opened', on: 'Case.openedAt', type: 'time', filter: (openedAt) => ({ openedAt }) },
  { id: 'resolved', word: 'Resolved', on: 'Case.resolvedAt', type: 'time', none: true, filter: (resolvedAt) => ({ resolvedAt }) },
  { id: 'account', word: 'Company', on: 'Case.party', type: 'node', through: true, filter: (id) => ({ party: { account: { id } } }) },
  { id: 'last', word: 'Last contact', on: 'Case.interactions', type: 'time', through: true, filter: (latest) => ({ interactions: { at: { latest } } }) },
  { id: 'contacts', word: 'Contacts', on: 'Case.interactions', type: 'count', unit: 'contacts', through: true, filter: (count) => ({ interactions: { count } }) },
  { id: 'number', word: 'Number', on: 'Case.number', type: 'text', filter: (number) => ({ number }) },
  { id: 'subject', word: 'Subject', on: 'Case.subject', type: 'text', filter: (subject) => ({ subject }) },
];

export const cases: Kind = {
  id: 'cases',
  type: 'Case',
  word: 'Cases',
  one: 'case',
  many: 'cases',
  columns,
  shown: ['status', 'severity', 'kind', 'party', 'opened', 'last'],
  sort: { of: 'opened', way: 'DESC' },
  conditions,
  dimensions: [
    { by: 'STATUS', key: 'status', word: 'Status', condition: 'status' },
    { by: 'SEVERITY', key: 'severity', word: 'Severity', condition: 'severity' },
    { by: 'CASE_KIND', key: 'caseKind', word: 'Kind', condition: 'kind' },
  ],
};
