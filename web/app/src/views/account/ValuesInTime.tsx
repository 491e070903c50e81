import type { ReactNode } from 'react';
import { useAnswer } from '../../api/use-answer';
import { None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { TwinButton, useTwin, useTwinKey } from '../../ui/Twin';
import { Box, Field, Money, Name, whyWithheld } from '../../ui/values';
import { amount, count, counted, day, percent } from '../../ui/words';
import { VersionsQuery, type Versions } from './queries';
import { Spans, type Span, type SpanRow } from './Spans';

type Version = NonNullable<Versions['firmographicsVersions']>['edges'][number];
type Values = Version['node'];

/** What is known of a company, each with how it is written in a bar. */
const properties: { field: Exclude<keyof Values, 'id' | 'withheld'>; word: string; write: (of: Values) => string | null }[] = [
  { field: 'employeeCount', word: 'Employees', write: (of) => (of.employeeCount === null ? null : count(of.employeeCount)) },
  { field: 'revenue', word: 'Revenue', write: (of) => of.revenue && `${amount(of.revenue.amount)} ${of.revenue.currency}` },
  { field: 'growth', word: 'Growth', write: (of) => (of.growth === null ? null : percent(of.growth, 1)) },
  { field: 'industry', word: 'Industry', write: (of) => of.industry && [of.industry, of.subIndustry].filter(Boolean).join(', ') },
  { field: 'technologies', word: 'Technologies', write: (of) => of.technologies && of.technologies.length > 0 ? of.technologies.join(', ') : null },
  { field: 'funding', word: 'Funding', write: (of) => of.funding && `${amount(of.funding.amount)} ${of.funding.currency}` },
  { field: 'foundedYear', word: 'Founded', write: (of) => (of.foundedYear === null ? null : String(of.foundedYear)) },
];

/** Versions after each other that say the same are one bar. */
function spansOf(versions: readonly Version[], write: (of: Values) => string | null): Span[] {
  const spans: Span[] = [];
  for (const { node, properties: held } of versions) {
    const text = write(node);
    const last = spans.at(-1);
    if (text === null) continue;
    if (last && last.text === text && last.to === held.from) last.to = held.to;
    else spans.push({ from: held.from, to: held.to, text });
  }
  return spans;
}

const at = (now: string) => (one: { from: string | null; to: string | null }) => (!one.from || one.from <= now) && (!one.to || one.to > now);

/** What was known of a company when: one bar a version, and the same as a list. */
export function ValuesInTime({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(VersionsQuery, { id });
  const { list } = useTwin();
  useTwinKey();
  const now = asOf ?? new Date().toISOString();
  const n = answer.data?.account?.firmographicsVersions?.totalCount;
  return (
    <Box title="Firmographics" n={n === undefined || n === null ? undefined : `${counted(n, 'version')}, each value with the time it held`} more={<TwinButton />}>
      <Await answer={answer} rows={6}>
        {({ account }) =>
          account && (
            <Part of={account} field="firmographicsVersions">
              {({ edges }) => (edges.length === 0 ? <None>Nothing is known of it.</None> : list ? <List versions={edges} of={account} now={now} /> : <Picture versions={edges} of={account} now={now} />)}
            </Part>
          )
        }
      </Await>
    </Box>
  );
}

function Picture({ versions, of, now }: { versions: readonly Version[]; of: Versions; now: string }) {
  const current = versions.find((one) => at(now)(one.properties));
  const rows: SpanRow[] = properties.flatMap(({ field, word, write }) => {
    const spans = spansOf(versions, write);
    const withheld = versions.some(({ node }) => whyWithheld(node, field));
    if (spans.length === 0 && !withheld) return [];
    const value: ReactNode = current ? <Field of={current.node} field={field}>{() => <bdi>{write(current.node)}</bdi>}</Field> : 'nothing on that day';
    return [{ key: field, word, value, label: word, spans }];
  });
  const owners = of.parents?.edges ?? [];
  if (owners.length > 0) {
    const holding = owners.filter((one) => at(now)(one.properties));
    rows.push({
      key: 'owners',
      word: 'Owned by',
      label: 'Owned by',
      value: holding.length === 0 ? 'nobody on that day' : holding.map(({ node }) => <Name key={node.id} of={node} />),
      spans: owners.map(({ node, properties: held }) => ({ from: held.from, to: held.to, text: `${node.displayName ?? 'withheld'}${held.share !== null && held.share < 1 ? `, ${percent(held.share)}` : ''}` })),
    });
  }
  return <Spans rows={rows} now={now} words={['Holds on the day of the page', 'Held before']} />;
}

function List({ versions, of, now }: { versions: readonly Version[]; of: Versions; now: string }) {
  const holds = at(now);
  return (
    <>
      <table className="table cards">
        <caption className="sr">Versions of what is known of the company, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Held</th>
            <th scope="col" className="num">
              Employees
            </th>
            <th scope="col" className="num">
              Revenue
            </th>
            <th scope="col" className="num">
              Growth
            </th>
            <th scope="col">Industry</th>
            <th scope="col">Technologies</th>
            <th scope="col" className="num">
              Funding
            </th>
            <th scope="col">Founded</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {[...versions].reverse().map(({ node, properties: held }) => (
            <tr key={node.id}>
              <td className={holds(held) ? 'wide strong' : 'wide'}>
                {held.from ? day(held.from) : 'start not known'} to {held.to ? day(held.to) : 'now'}
              </td>
              <td className="num" data-word="Employees">
                <Field of={node} field="employeeCount">{(n) => count(n)}</Field>
              </td>
              <td className="num" data-word="Revenue">
                <Field of={node} field="revenue">{(sum) => <Money of={sum} />}</Field>
              </td>
              <td className="num" data-word="Growth">
                <Field of={node} field="growth">{(share) => percent(share, 1)}</Field>
              </td>
              <td data-word="Industry">
                <Field of={node} field="industry" />
                {node.subIndustry && <span className="second">{node.subIndustry}</span>}
              </td>
              <td data-word="Technologies">
                <Field of={node} field="technologies">{(all) => all.join(', ')}</Field>
              </td>
              <td className="num" data-word="Funding">
                <Field of={node} field="funding">{(sum) => <Money of={sum} />}</Field>
              </td>
              <td data-word="Founded">
                <Field of={node} field="foundedYear" />
              </td>
              <td data-word="From">
                <Field of={node} field="source" none="a source not known" />
                {held.recordedAt && <span className="second">written here {day(held.recordedAt)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(of.parents?.edges.length ?? 0) > 0 && (
        <ul className="list">
          {of.parents!.edges.map(({ node, properties: held }) => (
            <li key={node.id + held.from}>
              <span className={holds(held) ? '' : 'was'}>
                Owned by <Name of={node} />
                {held.share !== null && `, ${percent(held.share)}`}, {held.from ? day(held.from) : 'start not known'} to {held.to ? day(held.to) : 'now'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
