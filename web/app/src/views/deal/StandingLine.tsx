import { Chip, Day, Name, whyWithheld, Withheld } from '../../ui/values';
import { counted, dayShort, duration } from '../../ui/words';
import type { Committee, Member } from './queries';
import { isLive, standing } from './standing';

/** The one line of a member: live, gone dark, silent, left, or what cannot be said. */
export function StandingLine({ member, committee, short }: { member: Member; committee: Committee; short?: boolean }) {
  const is = standing(member, committee);
  switch (is.is) {
    case 'left':
      return (
        <>
          <Chip icon="minus">Left on {dayShort(is.since)}</Chip>
          {!short &&
            (member.nextPosition ? (
              <span>
                now {member.nextPosition.title && <bdi>{member.nextPosition.title}</bdi>}
                {member.nextPosition.account && (
                  <>
                    {' '}
                    at <Name of={member.nextPosition.account} />
                  </>
                )}
              </span>
            ) : (
              <span>no job elsewhere is known</span>
            ))}
        </>
      );
    case 'dark':
      return (
        <>
          <Chip tone="warning" icon="warn">
            Gone dark{is.days !== null && ` ${Math.floor(is.days)} d`}
          </Chip>
          {!short && (
            <span>
              {member.medianGap !== null && `usually every ${duration(member.medianGap)}, `}n {counted(is.n, 'contact')}
            </span>
          )}
          {isLive(member) && (
            <Chip tone="good" icon="swap">
              Live thread
            </Chip>
          )}
        </>
      );
    case 'live':
      return (
        <>
          <Chip tone="good" icon="swap">
            Live thread
          </Chip>
          {!short && (
            <span>
              {is.only ? 'the only one, ' : ''}
              with <Name of={is.with[0].employee} />
              {is.with.length > 1 && ` and ${is.with.length - 1} more`}
            </span>
          )}
        </>
      );
    case 'withheld': {
      const why = whyWithheld(member.customer, 'known') ?? whyWithheld(member.customer, 'interactions');
      return why ? <Withheld why={why} name={member.customer.displayName ?? undefined} /> : <span className="withheld">Contact is withheld</span>;
    }
    case 'not-judged':
      return (
        <>
          <Chip tone="judge" icon="q">
            Silence cannot be judged
          </Chip>
          {!short && <span>n {counted(is.n, 'contact')}</span>}
        </>
      );
    case 'no-reply':
      return <Chip icon="minus">No reply yet</Chip>;
    case 'no-contact':
      return <Chip icon="minus">No contact yet</Chip>;
    case 'silent':
      return (
        <>
          <Chip icon="minus">No live thread</Chip>
          {!short && member.lastIn && (
            <span>
              nothing both ways within 30 days; last word <Day at={member.lastIn} />
            </span>
          )}
        </>
      );
  }
}
