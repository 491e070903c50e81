import { Button } from 'react-aria-components/Button';
import { useAnswer } from '../../api/use-answer';
import { useShortcuts } from '../../frame/shortcuts';
import { useMayWrite } from '../../frame/viewer';
import { href, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { MoreMenu } from '../../ui/MoreMenu';
import { NotThere } from '../../ui/NotThere';
import { Await } from '../../ui/states';
import { Avatar, Field, Name, Title, Withheld, whyWithheld } from '../../ui/values';
import { day, words } from '../../ui/words';
import { openForm } from '../forms/open';
import { Timeline } from '../timeline/Timeline';
import { About } from './About';
import { AtRisk } from './AtRisk';
import { Consents } from './Consents';
import { Dealings } from './Dealings';
import { Disclosures } from './Disclosures';
import { Relations } from './Relations';
import { CustomerQuery, type Customer, type Job } from './queries';
import './customer.css';

/** The jobs somebody has at a moment. */
const jobsAt = (customer: Customer, at: string): Job[] =>
  customer.employments?.edges.filter(({ properties: { from, to } }) => (!from || from <= at) && (!to || to > at)) ?? [];

/** One person: what is known, what passed, with whom, and what may be used for what. */
export default function CustomerPage({ id = '' }: { id?: string }) {
  const asOf = useAsOf();
  const answer = useAnswer(CustomerQuery, { id, asOf });
  return (
    <Await answer={answer} rows={12}>
      {({ customer }) =>
        customer ? (
          <>
            <Head of={customer} asOf={asOf} />
            <div className="customer-columns">
              <div className="stack">
                <About of={customer} asOf={asOf} />
                <Relations id={id} asOf={asOf} />
                <Consents id={id} asOf={asOf} />
              </div>
              <Timeline id={id} />
              <div className="stack">
                <Dealings id={id} asOf={asOf} />
                <AtRisk id={id} asOf={asOf} />
                <Disclosures id={id} />
              </div>
            </div>
          </>
        ) : (
          <NotThere what="Customer" list={['customers', 'Customers']} extensions={answer.extensions} />
        )
      }
    </Await>
  );
}

function Head({ of, asOf }: { of: Customer; asOf: string | undefined }) {
  const jobs = jobsAt(of, asOf ?? new Date().toISOString());
  const owners = jobs.flatMap((job) => job.node.owners?.edges ?? []);
  const owner = owners.find((edge) => edge.properties.role === 'AE') ?? owners[0];
  const whyOwners = jobs.map((job) => whyWithheld(job.node, 'owners')).find((why) => why !== undefined);
  return (
    <Title
      crumb={
        <>
          <a className="link" href={href(['customers'])}>
            Customers
          </a>
          <Icon name="right" small />
          <Field of={of} field="displayName" none="without a name" />
        </>
      }
      actions={<Actions id={of.id} />}
      sub={
        <>
          {whyWithheld(of, 'employments') ? (
            <>
              Job <Withheld why={whyWithheld(of, 'employments')!} />
            </>
          ) : jobs.length === 0 ? (
            'No job that is known'
          ) : (
            jobs.map((job, index) => (
              <span key={job.node.id + job.properties.from}>
                {index > 0 && '; '}
                {job.properties.title ? <bdi>{job.properties.title}</bdi> : 'works'}, <Name of={job.node} />
                {job.properties.from && ` since ${day(job.properties.from)}`}
              </span>
            ))
          )}
          {' · '}Stage{' '}
          <Field of={of} field="journeyStage">
            {(stage) => <span className="strong">{words(stage)}</span>}
          </Field>
          {whyOwners ? (
            <>
              {' · '}Owner <Withheld why={whyOwners} />
            </>
          ) : (
            owner && (
              <>
                {' · '}Owner <Name of={owner.node} />
              </>
            )
          )}
        </>
      }
    >
      <span className="customer-who">
        <Avatar name={of.displayName} />
        <Field of={of} field="displayName" none="Without a name" />
      </span>
    </Title>
  );
}

function Actions({ id }: { id: string }) {
  const may = useMayWrite();
  const log = () => openForm({ form: 'log-interaction', customer: id, kind: 'CALL' });
  useShortcuts(may ? { l: log } : {});
  if (!may) return null;
  return (
    <>
      <Button className="btn primary" onPress={log}>
        <Icon name="phone" />
        Log a call
      </Button>
      <MoreMenu
        label="More for this person"
        actions={[
          { id: 'meeting', word: 'Log a meeting', icon: 'meeting', act: () => openForm({ form: 'log-interaction', customer: id, kind: 'MEETING' }) },
          { id: 'case', word: 'Open a case', icon: 'case', act: () => openForm({ form: 'open-case', party: id }) },
          { id: 'job', word: 'Change the job', icon: 'account', act: () => openForm({ form: 'job', customer: id }) },
          { id: 'consent', word: 'Record a consent or an objection', icon: 'check', act: () => openForm({ form: 'consent', customer: id }) },
        ]}
      />
    </>
  );
}
