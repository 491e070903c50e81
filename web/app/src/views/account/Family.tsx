import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Tree, TreeItem, TreeItemContent } from 'react-aria-components/Tree';
import type { ResultOf } from '../../api/graphql';
import { useAnswer, type Answer } from '../../api/use-answer';
import { Icon } from '../../ui/Icon';
import { AndMore, Part } from '../../ui/Part';
import { Await, codeOf, Fault, faultOf } from '../../ui/states';
import { Box, failed, Money, Name, Withheld, whyWithheld, type WithheldField } from '../../ui/values';
import { count, counted, percent } from '../../ui/words';
import { FamilyQuery, FiguresQuery } from './queries';
import { employees, treeOf, type Branch } from './tree';

/** The family of a company: each one's figures with all below it, its own beneath. */
export function Family({ id, asOf }: { id: string; asOf: string | undefined }) {
  const answer = useAnswer(FamilyQuery, { id, asOf });
  const [broken, setBroken] = useState<ReadonlyMap<string, readonly Broken[]>>(new Map());
  const tell = useCallback((of: string, told: readonly Broken[]) => setBroken((before) => (told.length === 0 && !before.get(of)?.length ? before : new Map(before).set(of, told))), []);
  const faults = [...broken.values()].flat();
  const ways = new Map(faults.map(({ error }) => [codeOf(error!), error!]));
  const total = answer.data?.account?.family?.totalCount;
  return (
    <Box title="Family" n={total === undefined || total === null ? undefined : `${counted(total, 'company', 'companies')}; figures with all below, their own beneath`}>
      <Await answer={answer} rows={4}>
        {({ account }) =>
          account && (
            <Part of={account} field="family">
              {({ nodes, totalCount }) => {
                const roots = treeOf(nodes);
                return (
                  <>
                    {[...ways].map(([code, error]) => (
                      <Fault key={code} error={error} retry={() => faults.forEach((one) => codeOf(one.error!) === code && one.retry())} />
                    ))}
                    <div className="family-head" aria-hidden="true">
                      <span>Company</span>
                      <span>Employees</span>
                      <span>People</span>
                      <span>Open deals</span>
                      <span>Amount</span>
                      <span>Open cases</span>
                    </div>
                    <Tree aria-label="Family of companies" className="family" defaultExpandedKeys={nodes.map((node) => node.id)} selectionMode="none">
                      {roots.map((root) => item(root, id, asOf, tell))}
                    </Tree>
                    <AndMore of={totalCount} shown={nodes.length} word="company" words="companies" />
                    <p className="pad sm soft text">People are those whom you may see, and who works for two companies counts once. ← and → fold and unfold.</p>
                  </>
                );
              }}
            </Part>
          )
        }
      </Await>
    </Box>
  );
}

/** What went wrong with the figures of a company: it is told once for the family, and once for each way in which it went wrong. */
type Broken = Pick<Answer<unknown>, 'error' | 'retry'>;
type Tell = (of: string, broken: readonly Broken[]) => void;

function item(branch: Branch, here: string, asOf: string | undefined, tell: Tell): ReactNode {
  const { company, below } = branch;
  return (
    <TreeItem key={company.id} id={company.id} textValue={company.displayName ?? 'A company'} className={company.id === here ? 'family-row here' : 'family-row'}>
      <TreeItemContent>
        {({ level, isExpanded, hasChildItems }) => (
          <div className="family-cells" data-level={Math.min(level, 6)}>
            <span className="family-name">
              {hasChildItems ? (
                <Button slot="chevron" className="btn bare small" aria-label={isExpanded ? 'Fold' : 'Unfold'}>
                  <Icon name={isExpanded ? 'down' : 'right'} small />
                </Button>
              ) : (
                <span className="family-leaf" aria-hidden="true">
                  –
                </span>
              )}
              <span>
                <Name of={company} />
                <span className="about">
                  {company.id === here && 'this company'}
                  {company.id === here && branch.share !== null && branch.share < 1 && ', '}
                  {branch.share !== null && branch.share < 1 && `${percent(branch.share)} owned`}
                </span>
              </span>
            </span>
            <Figures of={branch} asOf={asOf} withBelow={below.length > 0} tell={tell} />
          </div>
        )}
      </TreeItemContent>
      {below.map((one) => item(one, here, asOf, tell))}
    </TreeItem>
  );
}

type Told = ResultOf<typeof FiguresQuery>;

/** The figures of a company with all below it, and its own beneath where there is anything below. */
function Figures({ of, asOf, withBelow, tell }: { of: Branch; asOf: string | undefined; withBelow: boolean; tell: Tell }) {
  const all = useAnswer(FiguresQuery, { ids: of.ids, asOf });
  const own = useAnswer(FiguresQuery, { ids: [of.company.id], asOf }, { pause: !withBelow });
  const people = employees(of);
  const whyFirm = whyWithheld(of.company, 'firmographics') ?? (of.company.firmographics ? whyWithheld(of.company.firmographics, 'employeeCount') : undefined);
  const ownCount = of.company.firmographics?.employeeCount;
  const { id } = of.company;
  useEffect(() => {
    tell(id, [all, own].filter(faultOf));
    return () => tell(id, []);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the answers are other objects each time
  }, [id, all.error, own.error, tell]);
  // What failed as a whole is not told; of what failed in part the answer says which.
  const why = (field: string, of = all) =>
    of.extensions.withheld?.find((one) => one.path[0] === field) ?? (of.data ? whyWithheld(of.data as { withheld?: WithheldField[] }, field) : of.error && failed);
  const cell = (word: string, field: 'customers' | 'deals' | 'cases', value: (told: Told) => number | null | undefined) => {
    const reason = why(field);
    const n = all.data ? value(all.data) : undefined;
    const itsOwn = own.data && value(own.data);
    const ownReason = why(field, own);
    return (
      <span className="family-figure" data-word={word}>
        {reason && (n === null || n === undefined) ? <Withheld why={reason} short /> : n === undefined || n === null ? <span className="faint">{all.waiting ? '' : 'not known'}</span> : n === 0 ? <span className="faint">none</span> : count(n)}
        {withBelow && (own.data || own.error) && <span className="about">own {itsOwn !== null && itsOwn !== undefined ? count(itsOwn) : ownReason ? <Withheld why={ownReason} short /> : 'not known'}</span>}
      </span>
    );
  };
  const amounts = all.data?.deals?.aggregate?.amount;
  const whyAmount = why('deals');
  return (
    <>
      <span className="family-figure" data-word="Employees">
        {whyFirm && people.told === 0 ? <Withheld why={whyFirm} short /> : people.told === 0 ? <span className="faint">not known</span> : count(people.sum)}
        {people.told > 0 && people.told < of.ids.length && <span className="about">of {people.told} of {of.ids.length}</span>}
        {withBelow && ownCount !== null && ownCount !== undefined && <span className="about">own {count(ownCount)}</span>}
      </span>
      {cell('People', 'customers', (told) => told.customers?.totalCount)}
      {cell('Open deals', 'deals', (told) => told.deals?.totalCount)}
      <span className="family-figure" data-word="Amount">
        {whyAmount && !amounts ? (
          <Withheld why={whyAmount} short />
        ) : (amounts ?? []).length === 0 ? (
          <span className="faint">{all.waiting ? '' : 'no amount'}</span>
        ) : (
          amounts?.map(
            (sum) =>
              sum.sum !== null && (
                <span key={sum.currency} className="family-sum">
                  <Money of={{ amount: sum.sum, currency: sum.currency }} />
                </span>
              ),
          )
        )}
      </span>
      {cell('Open cases', 'cases', (told) => told.cases?.totalCount)}
    </>
  );
}
