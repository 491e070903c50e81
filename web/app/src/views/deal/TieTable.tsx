import { Chip, Day, Name, Withheld, whyWithheld } from '../../ui/values';
import { ago } from '../../ui/words';
import type { Committee, Member } from './queries';
import { mostOf } from './standing';
import { TieBar } from './TieBar';
import { ReportsTo } from './reports';
import { stateOf, type Line } from './ties';
import { useAsOf } from '../../route';

/** The map as a table: one row a tie, with what passed both ways and how it stands. */
export function TieTable({ committee, lines, name }: { committee: Committee; lines: readonly Line[]; name: string | undefined }) {
  const most = mostOf(committee.members);
  const withheld = committee.members.filter((one) => one.ties === null);
  const alone = committee.members.filter((one) => one.ties?.length === 0);
  return (
    <>
      <table className="table cards">
        <caption className="sr">Ties between ours and theirs</caption>
        <thead>
          <tr>
            <th scope="col">Ours</th>
            <th scope="col">Theirs</th>
            <th scope="col">They to us, we to them</th>
            <th scope="col" className="num">
              Strength, contacts
            </th>
            <th scope="col">Last word</th>
            <th scope="col">State</th>
            {name !== undefined && <th scope="col">Without {name}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className={line.falls ? 'out' : ''}>
              <td>
                <Name of={line.tie.employee} className={line.falls ? 'struck' : ''} />
              </td>
              <td>
                <Name of={line.member.customer} className={line.falls || line.member.leftAt ? 'struck' : ''} />
                <ReportsTo member={line.member} committee={committee} />
              </td>
              <td>
                <TieBar sumIn={line.tie.sumIn} sumOut={line.tie.sumOut} most={most} faded={line.falls} />
              </td>
              <td className="num" data-word="Strength">
                {Math.round(line.tie.strength)} of 100, n {line.tie.n}
              </td>
              <td data-word="Last word">{line.tie.lastIn ? <Day at={line.tie.lastIn} /> : 'never'}</td>
              <td>
                <State line={line} />
              </td>
              {name !== undefined && <td>{line.falls ? '− falls' : 'stays'}</td>}
            </tr>
          ))}
          {alone.map((member) => (
            <tr key={member.customer.id}>
              <td className="faint">nobody of ours</td>
              <td>
                <Name of={member.customer} />
                <ReportsTo member={member} committee={committee} />
              </td>
              <td className="faint wide" colSpan={name !== undefined ? 5 : 4}>
                no tie
              </td>
            </tr>
          ))}
          {withheld.map(({ customer }) => (
            <tr key={customer.id}>
              <td>
                <TiesWithheld of={customer} />
              </td>
              <td>
                <Name of={customer} />
              </td>
              <td className="wide" colSpan={name !== undefined ? 5 : 4} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pad faint xs">A contact counts 1 on its day, and half as much for each 45 days since. Live: something came and something went within 30 days.</p>
    </>
  );
}

/** Why the ties of a member are withheld. */
export function TiesWithheld({ of }: { of: Member['customer'] }) {
  const why = whyWithheld(of, 'known') ?? whyWithheld(of, 'interactions');
  return why ? <Withheld why={why} name={of.displayName ?? undefined} /> : <span className="withheld">withheld</span>;
}

/** Which side has said nothing for longer than 30 days; theirs where it is both. */
function silence({ tie }: Line, now: number): string {
  const theirs = tie.lastIn !== null && now - Date.parse(tie.lastIn) <= 30 * 86_400_000;
  const since = theirs ? tie.lastOut : tie.lastIn;
  return `${theirs ? 'We are silent' : 'Silent'}${since ? ` ${ago(since, now)}` : ''}`;
}

function State({ line }: { line: Line }) {
  const asOf = useAsOf();
  switch (stateOf(line)) {
    case 'live':
      return (
        <Chip tone="good" icon="swap">
          Live
        </Chip>
      );
    case 'ended':
      return <Chip icon="minus">Ended</Chip>;
    case 'one-way':
      return <Chip icon="minus">{line.tie.lastIn === null ? 'One way, ours' : 'One way, theirs'}</Chip>;
    case 'silent':
      return <Chip icon="minus">{silence(line, asOf ? Date.parse(asOf) : Date.now())}</Chip>;
  }
}
