import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Icon, type IconName } from '../../ui/Icon';
import { None, Part, TodaysValue } from '../../ui/Part';
import { Await } from '../../ui/states';
import { Box, Field } from '../../ui/values';
import { counted, day, dayShort, purposes, time, words } from '../../ui/words';
import { ConsentsQuery } from './queries';

type Consent = NonNullable<NonNullable<ResultOf<typeof ConsentsQuery>['customer']>['consents']>['nodes'][number];

const about = ({ purpose, channel }: Consent) => `${purpose ? purposes[purpose].word : 'All purposes'}${channel ? `, ${words(channel).toLowerCase()}` : ''}`;

/** What holds now of what was said, and its mark. */
function now({ consentStatus, expiresAt, at }: Consent): { word: string; icon: IconName; tone: string; at: string | null } {
  if (consentStatus === 'GRANTED') {
    if (expiresAt && expiresAt <= new Date().toISOString()) return { word: 'expired', icon: 'clock', tone: '', at: expiresAt };
    return { word: 'granted', icon: 'check', tone: 'good', at };
  }
  const against = consentStatus === 'WITHDRAWN' || consentStatus === 'OBJECTED' || consentStatus === 'RESTRICTED';
  return { word: consentStatus ? words(consentStatus).toLowerCase() : 'not known', icon: against ? 'none' : 'check', tone: against ? 'risk' : '', at };
}

/** What a person consented or objected to: what holds now by purpose and channel, and below it all that was said. */
export function Consents({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(ConsentsQuery, { id });
  return (
    <Box title="Consents and objections" more={<TodaysValue asOf={asOf} />}>
      <Await answer={answer} rows={3}>
        {({ customer }) =>
          customer && (
            <Part of={customer} field="consents">
              {({ nodes, totalCount }) =>
                nodes.length === 0 ? (
                  <None>None is recorded, and no objection.</None>
                ) : (
                  <>
                    <ul className="pad consents">
                      {[...new Map([...nodes].reverse().map((one) => [about(one), one])).values()].map((one) => {
                        const { word, icon, tone, at } = now(one);
                        return (
                          <li key={one.id}>
                            <span className={tone}>
                              <Icon name={icon} small />
                            </span>
                            <span>{about(one)}</span>
                            <span className="faint xs">
                              {word}
                              {at && ` ${dayShort(at)}`}
                            </span>
                          </li>
                        );
                      })}
                    </ul>
                    <History of={nodes} total={totalCount} />
                  </>
                )
              }
            </Part>
          )
        }
      </Await>
    </Box>
  );
}

function History({ of, total }: { of: readonly Consent[]; total: number | null }) {
  const [open, unfold] = useState(false);
  return (
    <>
      <div className="foldable">
        <Button className="btn bare small" aria-expanded={open} onPress={() => unfold(!open)}>
          <Icon name={open ? 'down' : 'right'} small />
          History, {counted(total ?? of.length, 'entry', 'entries')}
        </Button>
      </div>
      {open && (
        <ul className="list">
          {of.map((one) => (
            <li key={one.id}>
              <span className="list-top">
                <span>
                  {about(one)}: {one.consentStatus ? words(one.consentStatus).toLowerCase() : 'not known'}
                </span>
                {one.at && (
                  <span className="when">
                    {day(one.at)}, {time(one.at)}
                  </span>
                )}
              </span>
              <span className="soft">
                {one.authority === 'SUBJECT' ? 'Said by the person' : one.authority === 'OFFICER' ? 'Recorded by an officer' : one.authority === 'SOURCE' ? 'From a source that may' : 'Nothing stands behind it'}
                , by <Field of={one} field="source" none="a way not known" />
                {one.expiresAt && `, until ${day(one.expiresAt)}`}
              </span>
              <span className="soft">
                Proof <Field of={one} field="proof" none="none" />, recorded by <Field of={one} field="actor" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
