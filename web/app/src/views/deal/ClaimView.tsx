import { Button } from 'react-aria-components/Button';
import { useMayWrite } from '../../frame/viewer';
import { hrefOf, useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { Chip, Field, Name, whyWithheld, Withheld } from '../../ui/values';
import { count, counted, dayShort, words } from '../../ui/words';
import { openForm } from '../forms/open';
import type { Claim } from './queries';
import { stances } from './words';

/** One claim: which role, who says so since when, what it rests on, and how sure. Claims that disagree have the same size. */
export function ClaimView({ claim, stance }: { claim: Claim; stance?: boolean }) {
  const mayWrite = useMayWrite();
  const asOf = useAsOf();
  const what = claim.role ? words(claim.role) : 'the role';
  return (
    <div className="claim">
      <p className="claim-role">
        <Field of={claim} field="role" none="role not said">
          {(role) => words(role)}
        </Field>
        {stance && claim.stance && (
          <>
            {' '}
            <Chip tone={stances[claim.stance].tone} icon={stances[claim.stance].icon}>
              {stances[claim.stance].word}
            </Chip>
          </>
        )}
      </p>
      <p>
        <Asserted claim={claim} />
        {claim.from && <>, {dayShort(claim.from)}</>}
      </p>
      <p>
        <Cited claim={claim} />
      </p>
      <p className="sure">
        {claim.confidence === null ? (
          <Field of={claim} field="confidence" none="how sure is not said" />
        ) : (
          <>
            <svg width="60" height="6" aria-hidden="true">
              <rect width="60" height="6" rx="1" className="sure-all" />
              <rect width={60 * claim.confidence} height="6" rx="1" className="sure-part" />
            </svg>
            {claim.confidence.toFixed(2)} sure
          </>
        )}
      </p>
      {claim.staleSince && <p className="warning-text">since {dayShort(claim.staleSince)} nothing new</p>}
      {(claim.disputedClaims?.totalCount ?? 0) > 0 && <p>disputes {counted(claim.disputedClaims?.totalCount ?? 0, 'other claim')}</p>}
      {mayWrite && !asOf && (
        <p className="claim-acts">
          <Button className="btn bare small" aria-label={`Dispute the claim: ${what}`} onPress={() => openForm({ form: 'dispute-claim', id: claim.id })}>
            Dispute
          </Button>
          <Button className="btn bare small" aria-label={`End the claim: ${what}`} onPress={() => openForm({ form: 'end-claim', id: claim.id })}>
            End
          </Button>
        </p>
      )}
    </div>
  );
}

/** Who says so: one of us, a rule, or imported rows. */
export function Asserted({ claim }: { claim: Claim }) {
  if (claim.assertedBy) return <Name of={claim.assertedBy} className="plain" />;
  if (claim.rule) return <>Rule {claim.rule}</>;
  const why = whyWithheld(claim, 'assertedBy');
  if (why) return <Withheld why={why} />;
  return <>{claim.claimOrigin === 'IMPORT' ? 'Imported' : 'Nobody is named'}</>;
}

/** Which contacts speak for it; they lead to the contacts themselves. */
export function Cited({ claim }: { claim: Claim }) {
  const cited = claim.citedInteractions;
  if (!cited) return <Field of={claim} field="citedInteractions" none="what it rests on is not known" />;
  const n = cited.totalCount ?? cited.nodes.length;
  if (n === 0) return <span className="faint">rests on nothing cited</span>;
  return (
    <>
      rests on {counted(n, 'contact')}:{' '}
      {cited.nodes.map((one, i) => (
        <span key={one.id}>
          {i > 0 && ', '}
          <a className="link" href={hrefOf(one.id)}>
            {one.kind ? words(one.kind).toLowerCase() : 'contact'}
            {one.at && <> {dayShort(one.at)}</>}
          </a>
        </span>
      ))}
      {n > cited.nodes.length && <> and {count(n - cited.nodes.length)} more</>}
    </>
  );
}

/** All claims of a person side by side; the leading one is first, and nothing is averaged. */
export function Claims({ claims, tied }: { claims: readonly Claim[]; tied: boolean }) {
  const differ = claims.some((one) => one.stance !== claims[0].stance);
  return (
    <>
      <div className="claims">
        {claims.map((claim, i) => (
          <div className="claim-place" key={claim.id}>
            {i > 0 && <span className="or">or</span>}
            <ClaimView claim={claim} stance={differ} />
          </div>
        ))}
      </div>
      {tied && (
        <p className="tied">
          <Icon name="scale" small /> Nothing decides which of the first two leads.
        </p>
      )}
    </>
  );
}
