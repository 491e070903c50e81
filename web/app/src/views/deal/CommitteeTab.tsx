import { Button } from 'react-aria-components/Button';
import { useShortcuts } from '../../frame/shortcuts';
import { useMayWrite } from '../../frame/viewer';
import { useRoute } from '../../route';
import { Icon } from '../../ui/Icon';
import { Await, Empty } from '../../ui/states';
import { Box, Field, whyWithheld } from '../../ui/values';
import { reasonSentence, words } from '../../ui/words';
import { openForm } from '../forms/open';
import { Groups } from './Groups';
import { single } from './groups';
import { Introductions } from './Introductions';
import { Leaving } from './Leaving';
import { MemberCard } from './MemberCard';
import type { Committee, Deal } from './queries';
import { CoverageTable, Seats } from './Seats';
import { Slider } from './Slider';
import { mostOf } from './standing';
import type { CommitteeAnswer } from './Verdict';
import { focusedMember, moveFocus, toggleWithout } from './without';
import { useWithout, WithoutLine } from './WithoutLine';

/** The committee as a list: seats, members, who can introduce us, and what falls if somebody leaves. */
export function CommitteeTab({ answer, deal }: { answer: CommitteeAnswer; deal: Deal }) {
  return (
    <Await answer={answer} rows={8}>
      {(data) => {
        const why = data.deal && whyWithheld(data.deal, 'committee');
        return data.deal?.committee ? (
          <Shown committee={data.deal.committee} deal={deal} />
        ) : (
          <Box title="Committee">
            <div className="pad stack">
              <p>{data.deal ? <Field of={data.deal} field="committee" none="Nothing is known of it." /> : 'Nothing that you may see.'}</p>
              {why && <p className="sm soft">{reasonSentence(why)}</p>}
              <div className="seat withheld-seat" data-absence="WITHHELD" aria-hidden="true" />
            </div>
          </Box>
        );
      }}
    </Await>
  );
}

function Shown({ committee, deal }: { committee: Committee; deal: Deal }) {
  const { without } = useRoute().params;
  const left = committee.members.find((one) => one.customer.id === without);
  const { after, fault } = useWithout(deal.id, left?.customer.id);
  useShortcuts({
    x: () => {
      const id = focusedMember();
      if (id || without) toggleWithout(id);
    },
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
  });
  const most = mostOf(committee.members);
  return (
    <div className="stack">
      <Slider id={deal.id} />
      {left && <WithoutLine committee={committee} after={after} fault={fault} name={left.customer.displayName} />}
      <Seats committee={committee} after={after} />
      {committee.members.length === 0 ? (
        <div className="box">
          <Empty>Nothing is claimed of anybody whom you may see.</Empty>
        </div>
      ) : committee.members.length > single ? (
        <Groups committee={committee} most={most} without={without} />
      ) : (
        <section aria-label="Members">
          <h2 className="sr">Members</h2>
          <ul className="member-cards">
            {committee.members.map((member) => (
              <MemberCard key={member.customer.id} member={member} committee={committee} deal={deal} most={most} without={without} />
            ))}
            <Ghosts committee={committee} deal={deal} />
          </ul>
        </section>
      )}
      <div className="columns deal-two">
        <Introductions committee={committee} deal={deal} />
        <Leaving id={deal.id} committee={committee} />
      </div>
      <CoverageTable committee={committee} />
    </div>
  );
}

/** The seats that nobody has, as the card that is missing. */
function Ghosts({ committee, deal }: { committee: Committee; deal: Deal }) {
  const mayWrite = useMayWrite();
  const gaps = committee.seats.filter((seat) => seat.state === 'GAP');
  if (gaps.length === 0) return null;
  return (
    <li className="card ghost">
      <div className="card-top">
        <span className="avatar">
          <Icon name="ring" />
        </span>
        <div>
          <h3>Who else decides?</h3>
          <p className="xs">{gaps.map((seat) => words(seat.role)).join(', ')}: nobody whom you may see</p>
        </div>
      </div>
      {mayWrite && (
        <p className="row">
          {gaps.map((seat) => (
            <Button key={seat.role} className="btn small" onPress={() => openForm({ form: 'claim-role', on: deal.id, role: seat.role })}>
              <Icon name="plus" small />
              Claim {words(seat.role).toLowerCase()}
            </Button>
          ))}
        </p>
      )}
    </li>
  );
}
