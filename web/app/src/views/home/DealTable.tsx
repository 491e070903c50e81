import { href } from '../../route';
import { AndMore } from '../../ui/Part';
import { Box, Chip, Field, Money, Name, whyWithheld, Withheld } from '../../ui/values';
import { counted, dayShort, words, type Why } from '../../ui/words';
import type { OpenDeal, Warning, Warnings } from './query';

const stages = ['PROSPECTING', 'ENGAGING', 'PROPOSAL', 'NEGOTIATION'] as const;

/** What a warning says, as short as a chip. */
const shortly: Record<Warning['code'], (warning: Warning) => string> = {
  CHAMPION_LEFT: (w) => (w.since ? `Champion left ${dayShort(w.since)}` : 'Champion left'),
  NO_POWER: () => 'Nobody to approve',
  SINGLE_THREAD: (w) => (w.value === 0 ? 'No live thread' : 'Single thread'),
  GONE_DARK: (w) => `${w.customer?.displayName ?? 'Somebody'} gone dark${w.value === null ? '' : ` ${Math.round(w.value)} d`}`,
  STALLED: (w) => (w.value === null ? 'Stalled' : `Stalled ${Math.round(w.value)} d`),
  SLIPPED: (w) => (w.value === null ? 'Slipped' : `Slipped ${w.value === 2 ? 'twice' : `${w.value} times`}`),
};

/** Open deals by what is wrong with them: those with more first, then those that close first. */
export function DealTable({ deals, warnings, total, truncated, untold }: { deals: readonly OpenDeal[]; warnings: Warnings; total: number | null; truncated: boolean; untold: Why | undefined }) {
  const rank = (deal: OpenDeal) => [...warnings.keys()].indexOf(deal.id);
  const ordered = deals
    .map((deal, at) => ({ deal, at, rank: rank(deal) < 0 ? Infinity : rank(deal) }))
    .sort((a, b) => (a.rank === b.rank ? a.at - b.at : a.rank - b.rank))
    .map(({ deal }) => deal);
  return (
    <Box title="Deals" n={`${total ?? deals.length}, by what is wrong`} more={<a href={href(['deals'])}>All deals</a>}>
      <table className="table cards home-deals">
        <caption className="sr">Open deals, those with most that is wrong first</caption>
        <thead>
          <tr>
            <th scope="col">Deal</th>
            <th scope="col">Stage</th>
            <th scope="col" className="num">
              Amount
            </th>
            <th scope="col">Close</th>
            <th scope="col">What is wrong</th>
            <th scope="col">Contact, weekly</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((deal) => (
            <tr key={deal.id}>
              <td>
                <Name of={deal} />
                {deal.account && (
                  <span className="second" dir="auto">
                    {deal.account.displayName}
                  </span>
                )}
              </td>
              <td>
                <Field of={deal} field="stage">
                  {(stage) => (
                    <span className="stage">
                      <svg width="38" height="6" aria-hidden="true">
                        {stages.map((one, i) => (
                          <rect key={one} x={i * 10 + 0.5} y="0.5" width="7" height="5" className={i <= stages.indexOf(stage as (typeof stages)[number]) ? 'passed' : 'to-come'} />
                        ))}
                      </svg>
                      {words(stage)}
                    </span>
                  )}
                </Field>
              </td>
              <td className="num">
                <Field of={deal} field="amount" none="no amount yet">
                  {(money) => <Money of={money} risk={warnings.has(deal.id)} />}
                </Field>
              </td>
              <td data-word="Close">
                <Field of={deal} field="expectedClose" none="no date yet">
                  {(at) => dayShort(at)}
                </Field>
              </td>
              <td className="wide">
                <span className="chips">
                  {(warnings.get(deal.id) ?? []).map((warning, i) => (
                    <Chip key={i} tone="warning" icon="warn">
                      {shortly[warning.code](warning)}
                    </Chip>
                  ))}
                  {!warnings.has(deal.id) && (untold ? <Withheld why={untold} /> : <span className="xs soft">nothing raised</span>)}
                </span>
              </td>
              <td className="wide">
                <Contacts of={deal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <AndMore of={total} shown={deals.length} word="deal" />
      <p className="pad key">
        <span>
          <span className="key-box theirs" /> They began it
        </span>
        <span>
          <span className="key-box ours" /> We began it
        </span>
        <span>Twelve weeks, the newest on the right</span>
        {deals.some(isCut) && <span>Where there are more, the newest 100 contacts are counted</span>}
        {truncated && <span>Only those of the deals that close first were looked at for what is wrong</span>}
      </p>
    </Box>
  );
}

const week = 7 * 86_400_000;

/** Whether a deal had more contacts than are asked for. */
const isCut = ({ interactions }: OpenDeal) => interactions?.pageInfo.hasNextPage ?? false;

/** Contacts of twelve weeks, as far as it is told who began them: theirs filled above the line, ours hollow below. */
function Contacts({ of }: { of: OpenDeal }) {
  if (!of.interactions) {
    const why = whyWithheld(of, 'interactions');
    return why ? <Withheld why={why} /> : null;
  }
  const theirs = new Array<number>(12).fill(0);
  const ours = new Array<number>(12).fill(0);
  for (const { at, origin } of of.interactions.nodes) {
    const ago = at ? Math.floor((Date.now() - Date.parse(at)) / week) : -1;
    const side = origin === 'CUSTOMER' ? theirs : origin === 'BUSINESS' ? ours : null;
    if (side && ago >= 0 && ago < 12) side[11 - ago]++;
  }
  const all = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  const height = (n: number) => Math.min(9, n * 3);
  // A bar is no higher than its room: how many there were stands here alone.
  const each = theirs.map((n, i) => (n + ours[i] > 0 ? `${i === 11 ? 'this week' : counted(11 - i, 'week') + ' ago'} ${n} and ${ours[i]}` : '')).filter(Boolean).reverse();
  return (
    <svg className="contacts" width="98" height="22" role="img" aria-label={[`${all(theirs)} begun by them, ${all(ours)} by us in twelve weeks${isCut(of) ? ', of the newest 100' : ''}`, ...each].join('; ')}>
      <line x1="0" x2="98" y1="11" y2="11" />
      {theirs.map((n, i) => n > 0 && <rect key={i} className="theirs" x={i * 8 + 1} y={11 - height(n)} width="5" height={height(n)} />)}
      {ours.map((n, i) => n > 0 && <rect key={i} className="ours" x={i * 8 + 1.5} y="11.5" width="4" height={height(n)} />)}
    </svg>
  );
}
