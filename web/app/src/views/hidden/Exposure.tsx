import { useState } from 'react';
import { useAnswer } from '../../api/use-answer';
import { Await, Empty } from '../../ui/states';
import { Box, Name, Withheld, whyWithheld } from '../../ui/values';
import { count, counted, day } from '../../ui/words';
import { exposedBy, ExposureQuery, tellsReach, type Reached } from './reached';

const few = 8;

/** Whom it reached: what it struck, and who had that then, as the graph leads there. */
export function Exposure({ id, at }: { id: string; at: string }) {
  const answer = useAnswer(ExposureQuery, { id, at });
  return (
    <Box title="Exposure" n="who had it then, as the graph leads there">
      <Await answer={answer} rows={6}>
        {({ hiddenEvent }) => {
          if (!hiddenEvent || !tellsReach(hiddenEvent)) {
            const why = hiddenEvent && whyWithheld(hiddenEvent, 'affected');
            return why ? <p className="pad"><Withheld why={why} /></p> : <Empty>It reached nobody whom you may see.</Empty>;
          }
          const { products, subscriptions, locations, companies, people, cut } = exposedBy(hiddenEvent);
          const steps = [
            { list: products, word: 'product', about: products[0]?.displayName },
            { list: subscriptions, word: 'subscription', about: products.length === 0 ? 'struck themselves' : `struck themselves, or in force on ${day(at)}` },
            { list: locations, word: 'place', about: 'where it happened' },
            { list: companies, many: 'companies', word: 'company', about: `that held it or were there on ${day(at)}` },
            { list: people, word: 'person', many: 'people', about: 'of their own' },
          ].filter((step) => step.list.length > 0);
          return (
            <>
              <ol className="exposure">
                {steps.map(({ list, word, many, about }) => (
                  <li key={word}>
                    <span className="exposure-n">{count(list.length)}</span>
                    <span>{list.length === 1 ? word : (many ?? `${word}s`)}</span>
                    {about && <span className="xs soft">{about}</span>}
                  </li>
                ))}
              </ol>
              {steps.length === 0 && <Empty>It reached nobody whom you may see.</Empty>}
              {cut && <p className="pad sm soft">More was reached than one answer tells. The numbers above are of what it tells: at most 100 of each kind, and five at each place.</p>}
              {companies.length > 0 && <ReachedList word="Companies" all={companies} />}
              {people.length > 0 && <ReachedList word="People" all={people} />}
            </>
          );
        }}
      </Await>
    </Box>
  );
}

function ReachedList({ word, all }: { word: string; all: readonly Reached[] }) {
  const [whole, show] = useState(false);
  const rows = whole ? all : all.slice(0, few);
  return (
    <>
      <h3 className="exposure-word">
        {word} <span className="faint">{count(all.length)}</span>
      </h3>
      <ul className="list reached">
        {rows.map(({ node, by }) => (
          <li key={node.id}>
            <span className="list-top">
              <span className="clip"><Name of={node} /></span>
              <span className="when clip" dir="auto">{by.length > 2 ? counted(by.length, 'way') : by.join(', ')}</span>
            </span>
          </li>
        ))}
      </ul>
      {all.length > few && (
        <p className="pad">
          <button type="button" className="foot-link" onClick={() => show(!whole)}>
            {whole ? 'Show fewer' : `All ${count(all.length)}`}
          </button>
        </p>
      )}
    </>
  );
}
