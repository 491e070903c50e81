import { useState } from 'react';
import { graphql, type Purpose, type ResultOf } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Await } from '../../ui/states';
import { Icon } from '../../ui/Icon';
import { Title } from '../../ui/values';
import { categories, counted, purposes, words } from '../../ui/words';
import { useViewer } from '../../frame/viewer';
import './policy.css';

const PolicyQuery = graphql(`
  query WhatMayBeSeen {
    policy { version rules { category purpose basis } categories { category retention keptOnErasure } consentSources }
  }
`);

type Rule = ResultOf<typeof PolicyQuery>['policy']['rules'][number];

/** What each basis means for whoever reads the page. */
const bases: Record<Rule['basis'], { word: string; mark: string; about: string }> = {
  OPEN: { word: 'Open', mark: 'open', about: 'It is not about persons' },
  OWN: { word: 'Own', mark: 'open', about: 'The person’s own' },
  CONTRACT: { word: 'Contract', mark: 'some', about: 'Of people who have a contract with us' },
  LEGAL: { word: 'Law', mark: 'open', about: 'A legal obligation' },
  INTEREST: { word: 'Interest', mark: 'some', about: 'Unless the person objected' },
  CONTRACT_OR_INTEREST: { word: 'Contract or interest', mark: 'some', about: 'Of people with a contract; of others unless they objected' },
  CONSENT: { word: 'Consent', mark: 'some', about: 'While the person’s consent is in force' },
  DENY: { word: 'Not', mark: 'deny', about: 'It may not be used' },
};

const units: Record<string, string> = { d: 'day', m: 'month', y: 'year' };

/** How long it is kept, as 10y, in words. */
function kept(retention: string): string {
  const [, n, unit] = /^(\d+)([dmy])$/.exec(retention) ?? [];
  return unit ? counted(Number(n), units[unit]) : retention;
}

/** Draws the policy: kinds of data by purposes. On a phone it shows one purpose at a time. */
export default function PolicyPage() {
  const viewer = useViewer();
  const answer = useAnswer(PolicyQuery, {});
  const [chosen, choose] = useState<Purpose>(viewer.purpose ?? 'SALES');
  return (
    <>
      <Title sub="Which kind of data may be used for which purpose, and on what basis">What may be seen for what</Title>
      <Await answer={answer} rows={14}>
        {({ policy }) => {
          const columns = [...new Set(policy.rules.map((rule) => rule.purpose))];
          const kinds = policy.categories;
          const rule = new Map(policy.rules.map((one) => [`${one.category} ${one.purpose}`, one]));
          return (
            <div className="box policy">
              <div className="policy-purposes options" role="group" aria-label="Purpose">
                {columns.map((purpose) => (
                  <button key={purpose} type="button" aria-pressed={purpose === chosen} onClick={() => choose(purpose)}>
                    {purposes[purpose].word}
                  </button>
                ))}
              </div>
              <table className="table">
                <caption className="sr">Kinds of data by purposes</caption>
                <thead>
                  <tr>
                    <th scope="col">Kind of data</th>
                    {columns.map((purpose) => (
                      <th key={purpose} scope="col" data-purpose={purpose} data-chosen={purpose === chosen || undefined}>
                        <span className="policy-purpose">
                          <Icon name={purposes[purpose].icon} small /> {purposes[purpose].word}
                        </span>
                      </th>
                    ))}
                    <th scope="col" className="policy-kept">
                      Kept
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {kinds.map(({ category, retention, keptOnErasure }) => (
                    <tr key={category}>
                      <th scope="row">{words(categories[category])}</th>
                      {columns.map((purpose) => {
                        const cell = rule.get(`${category} ${purpose}`);
                        const basis = bases[cell?.basis ?? 'DENY'];
                        return (
                          <td key={purpose} data-chosen={purpose === chosen || undefined}>
                            <span className={`basis ${basis.mark}`}>{basis.word}</span>
                            <span className="second policy-about">{basis.about}</span>
                          </td>
                        );
                      })}
                      <td className="policy-kept soft">
                        {kept(retention)}
                        {keptOnErasure && <span className="second">after erasure: {keptOnErasure}</span>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <dl className="pad sm soft policy-key">
                {Object.values(bases)
                  .filter((basis) => policy.rules.some((one) => bases[one.basis] === basis))
                  .map(({ word, mark, about }) => (
                    <div key={word}>
                      <dt className={`basis ${mark}`}>{word}</dt>
                      <dd>{about}</dd>
                    </div>
                  ))}
              </dl>
              <p className="pad sm soft text">
                This is policy <span className="mono">{policy.version}</span>. Each answer is given by it, and each receipt names it. A value that is withheld is drawn as a hatched bar with its
                reason; a person who may not be seen at all is in no list and no count.
              </p>
            </div>
          );
        }}
      </Await>
    </>
  );
}
