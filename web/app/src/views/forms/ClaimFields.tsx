import { Button } from 'react-aria-components/Button';
import { graphql, type VariablesOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Icon } from '../../ui/Icon';
import { Await } from '../../ui/states';
import { Field, Withheld, whyWithheld } from '../../ui/values';
import { dayShort, words } from '../../ui/words';
import { contact } from '../timeline/kinds';
import { roles, stances, type Role, type Stance } from './claim-words';
import { ChoiceField, FieldErrors, FormField, OptionsField, WhenField } from './fields';
import { fieldWord } from './field-words';
import { idOf } from './FormFrame';
import { beginOf, todayInput } from './times';

/** What a claim says beside whom it is about. How sure it is stands only where somebody says so. */
export type ClaimDraft = { role: Role | ''; stance: Stance | ''; sure: number | null; from: string; cited: string[] };

export const emptyClaim: ClaimDraft = { role: '', stance: 'UNKNOWN', sure: null, from: '', cited: [] };

/** The same as the input says it. A claim of today holds from now. */
export const claimInput = ({ role, stance, sure, from, cited }: ClaimDraft) => ({
  role: role as Role,
  stance: stance || undefined,
  confidence: sure === null ? undefined : sure / 100,
  from: from === todayInput() ? undefined : beginOf(from),
  citedInteractions: cited.length > 0 ? cited : undefined,
});

const GroundQuery = graphql(`
  query WhatAClaimRestsOn($customer: ID!, $filter: InteractionFilter) {
    customer(id: $customer) {
      id
      interactions(first: 12, filter: $filter, orderBy: [{ at: DESC }]) {
        nodes { id kind at origin subject withheld { field reason purpose category since } }
      }
      withheld { field reason purpose category since }
    }
  }
`);

export function ClaimFields({ draft, change, customer }: { draft: ClaimDraft; change: (part: Partial<ClaimDraft>) => void; customer: string | undefined }) {
  return (
    <>
      <div className="form-2">
        <ChoiceField path="role" required none="" of={Object.keys(roles) as Role[]} wordOf={(role) => `${words(role)}: ${roles[role]}`} value={draft.role} onChange={(role) => change({ role })} />
        <WhenField path="from" aside="today if not said" value={draft.from} onChange={(from) => change({ from })} />
      </div>
      <OptionsField path="stance" value={draft.stance} options={stances} onChange={(stance) => change({ stance })} />
      <FormField path="confidence" aside="optional">
        {({ className: _, ...given }) => (
          <span className="form-sure">
            <input {...given} type="range" className="slider" min={0} max={100} step={5} value={draft.sure ?? 50} aria-valuetext={draft.sure === null ? 'not said' : String(draft.sure / 100)} data-unsaid={draft.sure === null || undefined} onChange={(event) => change({ sure: Number(event.target.value) })} />
            <span className={draft.sure === null ? 'faint' : 'strong'}>{draft.sure === null ? 'not said' : (draft.sure / 100).toFixed(2)}</span>
            <span className="form-ends">
              <span>a guess</span>
              <span>said by them</span>
            </span>
            {draft.sure !== null && (
              <Button className="btn bare small" onPress={() => change({ sure: null })}>
                Say nothing
              </Button>
            )}
          </span>
        )}
      </FormField>
      {customer && <Grounds customer={customer} cited={draft.cited} cite={(cited) => change({ cited })} />}
    </>
  );
}

type Filter = VariablesOf<typeof GroundQuery>['filter'];
// Pages that were looked at and payments say little of a role.
const spoken: Filter = { kind: { in: ['CALL', 'MAIL', 'CHAT', 'VISIT', 'MEETING'] } };

/** The interactions that a claim can cite: the latest of this person. */
function Grounds({ customer, cited, cite }: { customer: string; cited: readonly string[]; cite: (ids: string[]) => void }) {
  const answer = useAnswer(GroundQuery, { customer, filter: spoken });
  return (
    <fieldset className="field form-grounds" id={idOf('citedInteractions')}>
      <legend className="field-word">
        {fieldWord('citedInteractions')} <span className="faint">{cited.length} chosen of the latest</span>
      </legend>
      <Await answer={answer} rows={3}>
        {(data) => {
          const of = data.customer;
          if (!of) return <p className="hint">There is no such person whom you may see.</p>;
          const why = whyWithheld(of, 'interactions');
          if (why) return <Withheld why={why} />;
          const all = of.interactions?.nodes ?? [];
          if (all.length === 0) return <p className="hint">Nothing was said or written with this person that you may see.</p>;
          return (
            <ul className="list form-list">
              {all.map((one) => (
                <li key={one.id}>
                  <label className="form-ground">
                    <input type="checkbox" checked={cited.includes(one.id)} onChange={(event) => cite(event.target.checked ? [...cited, one.id] : cited.filter((id) => id !== one.id))} />
                    <span className={`form-mark ${one.origin === 'CUSTOMER' ? 'theirs' : 'ours'}`} />
                    <span>
                      <Icon name={contact[one.kind ?? 'OTHER'].icon} small />{' '}
                      <b>
                        {one.kind ? words(one.kind) : 'Interaction'}
                        {one.origin === 'CUSTOMER' ? ', begun by them' : one.origin === 'BUSINESS' ? ', begun by us' : ''}
                      </b>{' '}
                      {one.at && <span className="faint xs">{dayShort(one.at)}</span>}
                      <span className="menu-about">
                        <Field of={one} field="subject" none="without a subject" />
                      </span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
          );
        }}
      </Await>
      <FieldErrors path="citedInteractions" />
    </fieldset>
  );
}
