import { graphql } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { useViewer } from '../../frame/viewer';
import { href } from '../../route';
import { Await } from '../../ui/states';
import { failed, Title, whyWithheld, Withheld, type WithheldField } from '../../ui/values';
import { count, purposes } from '../../ui/words';

const OverviewQuery = graphql(`
  query Overview {
    customers(first: 1) { totalCount }
    accounts(first: 1) { totalCount }
    deals(first: 1) { totalCount }
    cases(first: 1) { totalCount }
    hiddenEvents(first: 1) { totalCount }
  }
`);

/** What failed of an answer it says of itself. */
type Told = { withheld?: readonly WithheldField[] };

/** Where to begin for a purpose that does not show who of our own people works on what. */
export function Overview() {
  const { purpose } = useViewer();
  const answer = useAnswer(OverviewQuery, {});
  const word = purpose ? purposes[purpose].word : '';
  return (
    <>
      <Title sub={purpose === 'SELF' ? 'Self shows what is kept about oneself, and about nobody else.' : `${word} does not use data on our own people, so there is no list of one’s own work.`}>Begin here</Title>
      <Await answer={answer} rows={4}>
        {(data) => (
          <div className="strip overview">
            {(
              [
                ['Customers', 'customers', 'customers'],
                ['Accounts', 'accounts', 'accounts'],
                ['Deals', 'deals', 'deals'],
                ['Cases', 'cases', 'cases'],
                ['Hidden events', 'hidden-events', 'hiddenEvents'],
              ] as const
            ).map(([name, path, root]) => (
              <div key={path}>
                <p className="k">{name}</p>
                <p className="v">{typeof data[root]?.totalCount === 'number' ? count(data[root].totalCount) : whyWithheld(data as Told, root) ? <Withheld why={failed} /> : <span className="w">not told for {word}</span>}</p>
                <p className="w">
                  <a className="link" href={href([path])}>
                    Open
                  </a>
                </p>
              </div>
            ))}
            <div>
              <p className="k">Journeys</p>
              <p className="w">{purpose === 'SELF' ? `not told for ${word}` : 'Paths, variants and funnels'}</p>
              <p className="w">
                <a className="link" href={href(['journeys'])}>
                  Open
                </a>
              </p>
            </div>
          </div>
        )}
      </Await>
    </>
  );
}
