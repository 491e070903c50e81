import { Box, Day, Fact, Facts, Field, Money, Name } from '../../ui/values';
import { TodaysValue } from '../../ui/Part';
import { counted, day, duration, words } from '../../ui/words';
import type { Customer, Job } from './queries';

const languages = new Intl.DisplayNames('en', { type: 'language' });

/** The name of a language; its code where there is none. */
function language(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code; // what the source wrote is no code of a language
  }
}

/** What is known of a person, and what of it the purpose withholds. */
export function About({ of, asOf }: { of: Customer; asOf: string | undefined }) {
  const jobs = of.employments?.edges ?? [];
  return (
    <Box title="About" more={<TodaysValue asOf={asOf} />}>
      <div className="pad">
        <Facts>
          <Fact word="Phone">
            <Field of={of} field="phone">{(phone) => <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>}</Field>
          </Fact>
          <Fact word="E-mail">
            <Field of={of} field="email">{(email) => <a href={`mailto:${email}`}>{email}</a>}</Field>
          </Fact>
          <Fact word="Language">
            <Field of={of} field="language">{(code) => language(code)}</Field>
          </Fact>
          <Fact word="Time zone">
            <Field of={of} field="timeZone">{(zone) => zone.replaceAll('_', ' ')}</Field>
          </Fact>
          {(of.locations?.nodes.length ?? 0) > 0 && (
            <Fact word="Place">
              {of.locations!.nodes.map((place) => (
                <span key={place.id} className="second">
                  <Name of={place} />
                </span>
              ))}
            </Fact>
          )}
          <Fact word="Born">
            <Field of={of} field="birthYear" />
          </Fact>
          <Fact word="Gender">
            <Field of={of} field="gender">{(gender) => words(gender)}</Field>
          </Fact>
          <Fact word="Education">
            <Field of={of} field="education">{(education) => words(education)}</Field>
          </Fact>
          <Fact word="Occupation">
            <Field of={of} field="occupation" />
          </Fact>
          <Fact word="Income">
            <Field of={of} field="incomeBand">{(band) => words(band)}</Field>
          </Fact>
          <Fact word="Introduces">
            <Field of={of} field="introducesOthers">{(introduces) => (introduces ? 'yes, others' : 'nobody')}</Field>
          </Fact>
          <Fact word="Contact">
            <Field of={of} field="contact">
              {({ last, count, medianGap }) => (
                <>
                  {last?.at ? (
                    <>
                      <Day at={last.at} />, {last.direction === 'INBOUND' ? 'they began it' : 'we began it'}
                    </>
                  ) : (
                    'none yet'
                  )}
                  <span className="faint customer-line">
                    {count >= 200 ? '200 times or more' : counted(count, 'time')}
                    {medianGap !== null && `, typically ${duration(medianGap)} apart`}
                  </span>
                </>
              )}
            </Field>
          </Fact>
        </Facts>
        <Field of={of} field="employments">
          {() =>
            jobs.length > 0 && (
              <>
                <h3 className="customer-part">Jobs</h3>
                <ul className="customer-jobs">
                  {jobs.map((job) => (
                    <JobLine key={job.node.id + job.properties.from + job.properties.title} of={job} asOf={asOf} />
                  ))}
                </ul>
              </>
            )
          }
        </Field>
      </div>
    </Box>
  );
}

function JobLine({ of: { node, properties }, asOf }: { of: Job; asOf: string | undefined }) {
  const ended = properties.to !== null && properties.to <= (asOf ?? new Date().toISOString());
  return (
    <li>
      <span className={ended ? 'was' : ''}>{properties.title ? <bdi>{properties.title}</bdi> : 'Without a title'}</span>
      {properties.department && <span className="soft"> in {properties.department}</span>}
      <span className="customer-line">
        <Name of={node} />
      </span>
      <span className="faint xs customer-line">
        {properties.seniority && `${words(properties.seniority)}, `}
        {properties.from ? day(properties.from) : 'start not known'} to {properties.to ? day(properties.to) : 'now'}
        {properties.approvalLimit && (
          <>
            , may approve up to <Money of={properties.approvalLimit} />
          </>
        )}
      </span>
    </li>
  );
}
