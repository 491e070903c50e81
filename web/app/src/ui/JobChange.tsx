import { StanceChip, type Stance } from './StanceChip';
import { Field, Name, type WithheldField } from './values';
import { day, words } from './words';

type Named = { id: string; displayName: string | null; withheld: readonly WithheldField[] | null };
type Position = { title: string | null; account: Named | null };

/** That somebody went from one company to another, with what was claimed of her when she left, and who of us knows her. */
export interface JobChangeOf {
  at: string;
  customer: Named;
  from: Position;
  to: Position;
  leadingClaim: { role: string | null; stance: Stance | null; withheld: readonly WithheldField[] | null } | null;
  ties: readonly { employee: Named }[];
}

/** One of them; on the page of one of both companies (here) it tells of the other alone. */
export function JobChange({ of, here }: { of: JobChangeOf; here?: string }) {
  const left = of.from.account?.id === here;
  const other = left ? of.to : of.from;
  return (
    <>
      <span>
        <Name of={of.customer} /> {here === undefined ? 'went to' : left ? 'left for' : 'came from'} <Company of={here === undefined ? of.to : other} />
        {here === undefined && (
          <>
            {' '}
            from <Company of={of.from} />
          </>
        )}{' '}
        on {day(of.at)}
        {here === undefined
          ? of.to.title && (
              <>
                , as <bdi>{of.to.title}</bdi>
              </>
            )
          : other.title && (
              <>
                {left ? ', as ' : ', where the title was '}
                <bdi>{other.title}</bdi>
              </>
            )}
      </span>
      <span className="soft xs">
        {of.leadingClaim && (
          <>
            {left ? 'Was claimed to be ' : 'Was claimed there to be '}
            <Field of={of.leadingClaim} field="role">
              {(role) => words(role).toLowerCase()}
            </Field>{' '}
            {of.leadingClaim.stance && <StanceChip of={of.leadingClaim.stance} />}
            {' · '}
          </>
        )}
        {of.ties.length === 0 ? (
          'Nobody of us is known to be in contact'
        ) : (
          <>
            Known to{' '}
            {of.ties.slice(0, 3).map(({ employee }, i) => (
              <span key={employee.id}>
                {i > 0 && ', '}
                <Name of={employee} />
              </span>
            ))}
          </>
        )}
      </span>
    </>
  );
}

const Company = ({ of }: { of: Position }) => (of.account ? <Name of={of.account} /> : <>another company</>);
