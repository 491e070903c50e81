import { graphql } from '../../../api/graphql';
import { Chip, Field, Money } from '../../../ui/values';
import { count, dayShort, duration, words } from '../../../ui/words';
import { warningOrder, warningWords } from '../../deal/words';
import { Ago, Count, Edge, Node, Nodes } from '../cells';
import { column, type Definition, type Kind } from '../kind';

type Filter = ReturnType<typeof graphql.scalar<'DealFilter'>>;
type Stage = ReturnType<typeof graphql.scalar<'DealStage'>>;

const open = ['PROSPECTING', 'ENGAGING', 'PROPOSAL', 'NEGOTIATION'] satisfies Stage[];
const stages = [...open, 'WON', 'LOST'] satisfies Stage[];
const types = ['NEW', 'RENEWAL', 'EXPANSION'] satisfies ReturnType<typeof graphql.scalar<'DealType'>>[];

const isOpen = ({ stage }: { stage: Stage | null }) => stage !== 'WON' && stage !== 'LOST';

/** How far a deal has come: one box for each stage that lies open before it. */
function StageMark({ stage }: { stage: Stage }) {
  const at = stage === 'WON' ? open.length : open.findIndex((one) => one === stage) + 1;
  return (
    <span className="row-stage">
      <svg width="38" height="8" aria-hidden="true">
        {open.map((one, index) => (
          <rect key={one} className={index < at ? 'done' : 'ahead'} x={index * 10 + 0.5} y="1.5" width="7" height="5" rx="1" />
        ))}
      </svg>
      {words(stage)}
    </span>
  );
}

const columns = [
  column({
    id: 'name',
    word: 'Deal',
    on: 'Deal.displayName',
    width: 26,
    today: true,
    select: graphql(`fragment DealNameCell on Deal { account { id displayName withheld { field reason purpose category since } } }`),
    sort: (way) => ({ name: way }),
    cell: (deal) => (
      <>
        <Node of={deal} />
        <span className="beside">
          <Edge of={deal} field="account" value={deal.account} none="no company">
            {(account) => <Node of={account} />}
          </Edge>
        </span>
      </>
    ),
  }),
  column({
    id: 'stage',
    word: 'Stage',
    on: 'Deal.stage',
    width: 14,
    select: graphql(`fragment DealStageCell on Deal { stage }`),
    sort: (way) => ({ stage: way }),
    cell: (deal) => <Field of={deal} field="stage">{(stage) => <StageMark stage={stage} />}</Field>,
  }),
  column({
    id: 'amount',
    word: 'Amount',
    on: 'Deal.amount',
    width: 13,
    num: true,
    money: true,
    select: graphql(`fragment DealAmountCell on Deal { amount { amount currency } }`),
    sort: (direction, currency) => ({ amount: { direction, currency } }),
    cell: (deal) => <Field of={deal} field="amount" none="no amount yet">{(amount) => <Money of={amount} />}</Field>,
  }),
  column({
    id: 'close',
    word: 'Close',
    dated: true,
    on: 'Deal.expectedClose',
    width: 9,
    select: graphql(`fragment DealCloseCell on Deal { expectedClose }`),
    sort: (way) => ({ expectedClose: way }),
    cell: (deal) => <Field of={deal} field="expectedClose">{(at) => <time dateTime={at}>{dayShort(at)}</time>}</Field>,
  }),
  column({
    id: 'last',
    word: 'Last contact',
    dated: true,
    on: 'Deal.interactions',
    width: 12,
    through: true,
    select: graphql(`fragment DealLastCell on Deal { last: interactions(first: 1, orderBy: [{ at: DESC }]) { nodes { id at } } }`),
    sort: (way) => ({ interactions: { at: { latest: way } } }),
    cell: (deal) => (
      <Edge of={deal} field="interactions" alias="last" value={deal.last}>
        {({ nodes: [last] }) => (last?.at ? <Ago at={last.at} /> : <span className="faint">no contact</span>)}
      </Edge>
    ),
  }),
  column({
    id: 'owners',
    word: 'Owners',
    on: 'Deal.owners',
    width: 16,
    select: graphql(`fragment DealOwnersCell on Deal { owners(first: 2) { totalCount nodes { id displayName withheld { field reason purpose category since } } } }`),
    cell: (deal) => <Nodes of={deal} field="owners" value={deal.owners} none="nobody" />,
  }),
  column({
    id: 'type',
    word: 'Type',
    on: 'Deal.type',
    width: 9,
    select: graphql(`fragment DealTypeCell on Deal { type }`),
    sort: (way) => ({ type: way }),
    cell: (deal) => <Field of={deal} field="type">{words}</Field>,
  }),
  column({
    id: 'wrong',
    word: 'What is wrong',
    on: 'Deal.committee',
    width: 18,
    wide: true,
    select: graphql(`fragment DealOpenCell on Deal { stage }`),
    apart: { select: graphql(`fragment DealWarningsCell on Deal { committee { warnings { code state } } }`), of: isOpen },
    cell: (deal) =>
      isOpen(deal) ? (
        <Edge of={deal} field="committee" value={deal.committee} none="gone">
          {({ warnings }) => {
            const raised = warningOrder.filter((code) => warnings.some((one) => one.code === code && one.state === 'RAISED'));
            return raised.length > 0 ? (
              <span className="chips one-line">
                <Chip tone="warning" icon="warn">
                  {warningWords[raised[0]]}
                </Chip>
                {raised.length > 1 && <span className="faint xs">+ {raised.length - 1}</span>}
              </span>
            ) : (
              <span className="faint">nothing raised</span>
            );
          }}
        </Edge>
      ) : (
        <span className="faint">closed</span>
      ),
  }),
  column({
    id: 'contacts',
    word: 'Contacts',
    on: 'Deal.interactions',
    width: 8,
    num: true,
    through: true,
    select: graphql(`fragment DealContactsCell on Deal { contacts: interactions(first: 1) { totalCount } }`),
    sort: (way) => ({ interactions: { count: way } }),
    cell: (deal) => <Count of={deal} field="interactions" alias="contacts" value={deal.contacts} />,
  }),
  column({
    id: 'inStage',
    word: 'Time in stage',
    on: 'Deal.timeInStage',
    width: 9,
    num: true,
    select: graphql(`fragment DealTimeCell on Deal { timeInStage }`),
    cell: (deal) => <Field of={deal} field="timeInStage">{(seconds) => duration(seconds)}</Field>,
  }),
  column({
    id: 'slips',
    word: 'Slips',
    on: 'Deal.slips',
    width: 6,
    num: true,
    select: graphql(`fragment DealSlipsCell on Deal { slips { at } }`),
    cell: (deal) => <Field of={deal} field="slips">{(slips) => count(slips.length)}</Field>,
  }),
  column({
    id: 'opened',
    word: 'Opened',
    dated: true,
    on: 'Deal.openedAt',
    width: 9,
    select: graphql(`fragment DealOpenedCell on Deal { openedAt }`),
    sort: (way) => ({ openedAt: way }),
    cell: (deal) => <Field of={deal} field="openedAt">{(at) => <time dateTime={at}>{dayShort(at)}</time>}</Field>,
  }),
  column({
    id: 'closed',
    word: 'Closed',
    dated: true,
    on: 'Deal.closedAt',
    width: 9,
    select: graphql(`fragment DealClosedCell on Deal { closedAt }`),
    sort: (way) => ({ closedAt: way }),
    cell: (deal) => <Field of={deal} field="closedAt" none="open">{(at) => <time dateTime={at}>{dayShort(at)}</time>}</Field>,
  }),
  column({
    id: 'loss',
    word: 'Reason of loss',
    on: 'Deal.lossReason',
    width: 14,
    select: graphql(`fragment DealLossCell on Deal { lossReason }`),
    sort: (way) => ({ lossReason: way }),
    cell: (deal) => <Field of={deal} field="lossReason" none="none" />,
  }),
  column({
    id: 'competitor',
    word: 'Competitor',
    on: 'Deal.competitor',
    width: 12,
    today: true,
    select: graphql(`fragment DealCompetitorCell on Deal { competitor }`),
    sort: (way) => ({ competitor: way }),
    cell: (deal) => <Field of={deal} field="competitor" none="none" />,
  }),
];

const conditions: Definition<Filter>[] = [
  { id: 'stage', word: 'Stage', on: 'Deal.stage', type: 'enum', values: stages, filter: (stage) => ({ stage }) },
  { id: 'type', word: 'Type', on: 'Deal.type', type: 'enum', values: types, filter: (type) => ({ type }) },
  { id: 'amount', word: 'Amount', on: 'Deal.amount', type: 'money', none: true, filter: (amount) => ({ amount }) },
  { id: 'close', word: 'Expected close', on: 'Deal.expectedClose', type: 'day', ahead: true, none: true, filter: (expectedClose) => ({ expectedClose }) },
  { id: 'last', word: 'Last contact', on: 'Deal.interactions', type: 'time', through: true, filter: (latest) => ({ interactions: { at: { latest } } }) },
  { id: 'contacts', word: 'Contacts', on: 'Deal.interactions', type: 'count', unit: 'contacts', through: true, filter: (count) => ({ interactions: { count } }) },
  { id: 'mine', word: 'Owner', on: 'Deal.owners', type: 'me', filter: (id) => ({ owners: { some: { id } } }) },
  { id: 'account', word: 'Company', on: 'Deal.account', type: 'node', filter: (id) => ({ account: { id } }) },
  { id: 'accountStage', word: 'Stage of the company', on: 'Account.accountStage', type: 'enum', values: ['PROSPECT', 'CUSTOMER', 'FORMER', 'PARTNER'], filter: (accountStage) => ({ account: { accountStage } }) },
  { id: 'opened', word: 'Opened', on: 'Deal.openedAt', type: 'time', filter: (openedAt) => ({ openedAt }) },
  { id: 'closed', word: 'Closed', on: 'Deal.closedAt', type: 'time', none: true, filter: (closedAt) => ({ closedAt }) },
  { id: 'name', word: 'Name', on: 'Deal.name', type: 'text', filter: (name) => ({ name }) },
  { id: 'loss', word: 'Reason of loss', on: 'Deal.lossReason', type: 'text', filter: (lossReason) => ({ lossReason }) },
  { id: 'competitor', word: 'Competitor', on: 'Deal.competitor', type: 'text', filter: (competitor) => ({ competitor }) },
];

export const deals: Kind = {
  id: 'deals',
  type: 'Deal',
  word: 'Deals',
  one: 'deal',
  many: 'deals',
  columns,
  shown: ['stage', 'amount', 'close', 'last', 'owners', 'wrong'],
  sort: { of: 'close', way: 'DESC' },
  conditions,
  dimensions: [
    { by: 'STAGE', key: 'stage', word: 'Stage', condition: 'stage' },
    { by: 'TYPE', key: 'type', word: 'Type', condition: 'type' },
  ],
  money: 'amount',
};
