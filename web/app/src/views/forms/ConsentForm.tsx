import { useClient } from 'urql';
import { graphql, type Category, type Purpose, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Field, Withheld, whyWithheld } from '../../ui/values';
import { categories, day, purposes, words } from '../../ui/words';
import { channels, type Channel } from './channels';
import { ChoiceField, LongText, OptionsField, TextField, WhatFollows, WhenField, type Option } from './fields';
import { FormFrame, FormWait, NoForm, useDraft } from './FormFrame';
import type { Form, Opened } from './open';
import { save } from './saving';
import { send } from './send';
import { beginOf, moment, nowInput, todayInput } from './times';

const ConsentQuery = graphql(`
  query ConsentsOf($customer: ID!) {
    policy { rules { category purpose basis } consentSources }
    customer(id: $customer) {
      id displayName
      consents(first: 40, orderBy: [{ at: DESC }]) { nodes { id purpose channel consentStatus at expiresAt } }
      withheld { field reason purpose category since }
    }
  }
`);

const RecordConsentMutation = graphql(`
  mutation RecordConsent($input: RecordConsentInput!) {
    payload: recordConsent(input: $input) { consent { id } customer { id } userErrors { code field message } }
  }
`);
const WithdrawConsentMutation = graphql(`
  mutation WithdrawConsent($input: WithdrawConsentInput!) {
    payload: withdrawConsent(input: $input) { consent { id } customer { id } userErrors { code field message } }
  }
`);
const RecordObjectionMutation = graphql(`
  mutation RecordObjection($input: RecordObjectionInput!) {
    payload: recordObjection(input: $input) { consent { id } customer { id } userErrors { code field message } }
  }
`);

type Of = Extract<Form, { form: 'consent' }>;
type Data = ResultOf<typeof ConsentQuery>;
type Said = 'consents' | 'withdraws' | 'objects';

const said: Option<Said>[] = [
  { value: 'consents', word: 'Consents', icon: 'check' },
  { value: 'withdraws', word: 'Withdraws', icon: 'none' },
  { value: 'objects', word: 'Objects', icon: 'none' },
];
const titles: Record<Said, [title: string, verb: string, done: string]> = {
  consents: ['Record a consent', 'Record the consent', 'Consent recorded. A withdrawal takes it back.'],
  withdraws: ['Record a withdrawal', 'Record the withdrawal', 'Withdrawal recorded. A consent takes it back.'],
  objects: ['Record an objection', 'Record the objection', 'Objection recorded. It holds from the next request on.'],
};
const sources = ['form', 'call', 'letter', 'e-mail'];

/** What a person has said of the use of her data: it is evidence, kept with its proof, and never undone. */
export function ConsentForm({ opened }: { opened: Opened<Of> }) {
  const answer = useAnswer(ConsentQuery, { customer: opened.form.customer }, { fresh: true });
  return (
    <FormWait title="Record a consent" answer={answer}>
      {(data) => (data.customer ? <Fields opened={opened} data={data} of={data.customer} /> : <NoForm title="Record a consent">There is no such person whom you may see.</NoForm>)}
    </FormWait>
  );
}

/** Which kinds of data a purpose may use of a person only while the basis holds. */
const kindsOn = (rules: Data['policy']['rules'], purpose: Purpose, bases: string[]) => rules.filter((rule) => rule.purpose === purpose && bases.includes(rule.basis)).map((rule) => rule.category);

const named = (kinds: Category[]) => kinds.map((kind) => categories[kind]).join(', ');

function Fields({ opened, data, of }: { opened: Opened<Of>; data: Data; of: NonNullable<Data['customer']> }) {
  const client = useClient();
  const { rules, consentSources } = data.policy;
  // A word of the person changes something only where the policy asks for one.
  const asked = [...new Set(rules.map((rule) => rule.purpose))].filter((purpose) => kindsOn(rules, purpose, ['CONSENT', 'INTEREST', 'CONTRACT_OR_INTEREST']).length > 0);
  const { draft, change, dirty, kept } = useDraft(opened, {
    said: (opened.form.says ?? 'consents') as Said,
    purpose: opened.form.purpose ?? ((asked.includes('MARKETING') ? 'MARKETING' : asked[0]) as Purpose),
    channel: (opened.form.channel ?? '') as Channel | '',
    at: '',
    expiresAt: '',
    source: '',
    proof: '',
  });
  const [title, verb, done] = titles[draft.said];
  const word = purposes[draft.purpose].word;

  function submit() {
    const what = { key: opened.key, customer: of.id, purpose: draft.purpose, at: moment(draft.at), source: draft.source || undefined, proof: draft.proof || undefined };
    const channel = draft.channel || undefined;
    const touched = ['Customer', 'Consent', 'ConsentConnection'];
    save({
      word: title.replace(/^Record (an? )?/, 'the '),
      opened: kept,
      send: async () => {
        const sent =
          draft.said === 'consents'
            ? await send(client, RecordConsentMutation, { ...what, channel, expiresAt: beginOf(draft.expiresAt) }, touched)
            : draft.said === 'withdraws'
              ? await send(client, WithdrawConsentMutation, { ...what, channel }, touched)
              : await send(client, RecordObjectionMutation, what, touched);
        if (!('payload' in sent)) return sent;
        // What was said stays as evidence: it is taken back by what is said next.
        const back = draft.said === 'consents' ? ('withdraws' as const) : ('consents' as const);
        const again = { form: 'consent' as const, customer: of.id, says: back, purpose: draft.purpose, channel };
        return { said: done, next: draft.said === 'objects' ? undefined : { word: titles[back][0], form: again } };
      },
    });
  }

  const byConsent = kindsOn(rules, draft.purpose, ['CONSENT']);
  const byInterest = kindsOn(rules, draft.purpose, ['INTEREST', 'CONTRACT_OR_INTEREST']);
  const where = draft.channel ? `, by ${words(draft.channel).toLowerCase()}` : '';
  return (
    <FormFrame title={title} about={<Field of={of} field="displayName" none="without a name" />} opened={opened} dirty={dirty} verb={verb} refused="Not recorded" hint="Kept as evidence. It cannot be undone: what follows is an entry of its own." onSubmit={submit}>
      <OptionsField path="said" word="What was said" value={draft.said} options={said} onChange={(chosen) => change({ said: chosen })} />
      <div className="form-2">
        <ChoiceField path="purpose" of={asked} wordOf={(purpose) => purposes[purpose].word} value={draft.purpose} onChange={(purpose) => change({ purpose })} />
        {draft.said !== 'objects' && <ChoiceField path="channel" none="all ways" of={channels} value={draft.channel} onChange={(channel) => change({ channel })} />}
        <WhenField path="at" word="Said on" aside="in UTC, now if not said" time max={nowInput()} value={draft.at} onChange={(at) => change({ at })} />
        {draft.said === 'consents' && <WhenField path="expiresAt" aside="optional" min={todayInput()} value={draft.expiresAt} onChange={(expiresAt) => change({ expiresAt })} />}
        <TextField path="source" list={[...new Set([...consentSources, ...sources])]} value={draft.source} onChange={(source) => change({ source })} />
      </div>
      <LongText path="proof" aside="the words that were said, or where the recording or paper is" rows={3} value={draft.proof} onChange={(proof) => change({ proof })} />
      <Kept of={of} />
      <WhatFollows>
        {[
          ...(draft.said === 'consents' && byConsent.length > 0 ? [{ icon: 'check' as const, what: `${word} may use ${named(byConsent)} of this person${where}, from the next answer on.` }] : []),
          ...(draft.said === 'withdraws' && byConsent.length > 0 ? [{ icon: 'none' as const, what: `${word} may no longer use ${named(byConsent)} of this person${where}.` }] : []),
          ...(draft.said === 'objects' ? [{ icon: 'none' as const, what: `Consents to ${word} end.` }] : []),
          ...(draft.said === 'objects' && byInterest.length > 0
            ? [{ icon: 'none' as const, what: `${word} may no longer use ${named(byInterest)} of this person, but for what a contract allows.` }]
            : []),
          { icon: 'person' as const, what: 'This person may read the entry and its proof.' },
        ]}
      </WhatFollows>
    </FormFrame>
  );
}

/** What this person has said before. */
function Kept({ of }: { of: NonNullable<Data['customer']> }) {
  const why = whyWithheld(of, 'consents');
  if (why) return <Withheld why={why} />;
  const all = of.consents?.nodes ?? [];
  if (all.length === 0) return <p className="hint">This person has said nothing of it before.</p>;
  return (
    <div className="field">
      <span className="field-word">Said before</span>
      <ul className="list form-list">
        {all.map((one) => (
          <li key={one.id}>
            <span className="list-top">
              <span>
                {one.purpose && purposes[one.purpose].word}, {one.channel ? words(one.channel).toLowerCase() : 'all ways'}: {one.consentStatus && words(one.consentStatus).toLowerCase()}
              </span>
              <span className="when">
                {one.at && day(one.at)}
                {one.expiresAt && ` until ${day(one.expiresAt)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
