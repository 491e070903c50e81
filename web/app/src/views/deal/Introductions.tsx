import { useAnswer } from '../../api/use-answer';
import { useMe } from '../../frame/viewer';
import { changeParams, useRoute } from '../../route';
import { Await } from '../../ui/states';
import { Box, Name, Withheld } from '../../ui/values';
import { counted, dayShort } from '../../ui/words';
import { IntroductionsQuery, type Committee, type Deal } from './queries';
import type { ResultOf } from '../../api/graphql';

type Hop = NonNullable<ResultOf<typeof IntroductionsQuery>['introductions']>['paths'][number]['hops'][number];

/** Who can introduce one of us to a member, the strongest way first. Both ends can be chosen. */
export function Introductions({ committee, deal }: { committee: Committee; deal: Deal }) {
  const { params } = useRoute();
  const me = useMe();
  const members = committee.members.filter((one) => !one.leftAt);
  // Those whom nobody is in a live thread with are asked for first.
  const first = members.find((one) => !one.ties?.some((tie) => tie.live)) ?? members[0];
  const to = members.find((one) => one.customer.id === params.to) ?? first;
  // Who works on the deal, then who knows a member of it.
  const known = new Map([...(deal.owners?.edges ?? []).map(({ node }) => node), ...members.flatMap((one) => one.ties ?? []).map((tie) => tie.employee)].map((one) => [one.id, one]));
  const others = [...known.values()].filter((one) => one.id !== me?.id);
  const ours = [
    ...(me ? [{ id: me.id, name: me.displayName, you: true }] : []),
    ...others.map((one) => ({ id: one.id, name: one.displayName, you: false })),
  ];
  const from = ours.find((one) => one.id === params.from) ?? ours[0];
  const answer = useAnswer(IntroductionsQuery, { to: to?.customer.id ?? '', from: from?.id ?? '' }, { pause: !to || !from || me === undefined });
  if (!to) return null;
  const whom = to.customer.displayName ?? 'this person';
  const paths = answer.data?.introductions?.paths;
  return (
    <Box title={<>Who can introduce {from?.you ? 'you' : <bdi>{from?.name ?? 'us'}</bdi>} to <bdi>{whom}</bdi></>} n={paths && `${counted(paths.length, 'way')}, at most 4 hops, today`}>
      <div className="pad row intro-choice">
        <label className="row">
          <span className="faint xs">Whom</span>
          <select className="input" value={to.customer.id} onChange={(event) => changeParams({ to: event.target.value }, { replace: true })}>
            {members.map(({ customer }) => (
              <option key={customer.id} value={customer.id}>
                {customer.displayName ?? 'without a name'}
              </option>
            ))}
          </select>
        </label>
        {from && (
          <label className="row">
            <span className="faint xs">Who of us</span>
            <select className="input" value={from.id} onChange={(event) => changeParams({ from: event.target.value }, { replace: true })}>
              {ours.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name ?? 'without a name'}
                  {one.you ? ' (you)' : ''}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {!from ? (
        <p className="pad soft sm">Nobody of ours whom you may see works on this deal or knows one of its members.</p>
      ) : (
        <Await answer={answer} rows={3}>
          {({ introductions }) => {
            if (!introductions) {
              const why = answer.extensions.withheld?.find((one) => one.path[0] === 'introductions');
              return <p className="pad soft sm">{why ? <Withheld why={why} name={whom} /> : 'There is no way that you may see.'}</p>;
            }
            return (
              <>
                {introductions.paths.length === 0 && <p className="pad soft sm">No way of at most four hops leads there, over people whom you may see.</p>}
                <ol className="list intro">
                  {introductions.paths.map((path, i) => (
                    <li key={path.text}>
                      <span className="intro-no faint">{i + 1}</span>
                      <p dir="auto">{path.text}</p>
                      <span className="intro-strength">strength {Math.round(path.strength)}</span>
                      <Path hops={path.hops} />
                    </li>
                  ))}
                </ol>
                <p className="pad faint xs">
                  {introductions.truncated ? 'Somebody on the way has more ties or jobs than were looked at, so there may be more ways.' : 'The search was complete.'}
                  {introductions.skippedAccounts.length > 0 && (
                    <>
                      {' '}
                      Nobody was looked for through companies of more than 200 people:{' '}
                      {introductions.skippedAccounts.map((one, i) => (
                        <span key={one.id}>
                          {i > 0 && ', '}
                          <Name of={one} />
                        </span>
                      ))}
                      .
                    </>
                  )}
                </p>
              </>
            );
          }}
        </Await>
      )}
    </Box>
  );
}

const reasons: Record<Hop['reason'], string> = { KNOWS: 'knows', REPORTS_TO: 'reports', WORKED_WITH: 'worked with' };

function Path({ hops }: { hops: readonly Hop[] }) {
  return (
    <p className="path">
      <span className="hop-name">
        <Name of={hops[0].from} className="plain" />
      </span>
      {hops.map((hop, i) => (
        <span className="hop" key={i}>
          <span className="hop-word">
            {hop.account ? <bdi>{hop.account.displayName ?? reasons[hop.reason]}</bdi> : reasons[hop.reason]}
            {hop.at && ` ${hop.reason === 'KNOWS' ? '' : hop.reason === 'REPORTS_TO' ? 'since ' : 'until '}${dayShort(hop.at)}`}
          </span>
          <span className={hop.to.__typename === 'Employee' ? 'hop-name ours' : 'hop-name'}>
            <Name of={hop.to} className="plain" />
          </span>
        </span>
      ))}
    </p>
  );
}
