import { useRef } from 'react';
import { useAsOf } from '../../route';
import { SavePicture } from '../../ui/SavePicture';
import { TwinButton, useTwin } from '../../ui/Twin';
import { Box, Day, Field } from '../../ui/values';
import { counted, words } from '../../ui/words';
import type { Committee, Deal } from './queries';
import { expectations } from './stages';
import { lasted } from './words';
import { StagesPicture } from './StagesPicture';

/** How the deal went through its stages, and how its expected close moved: as a picture or as two tables. */
export function Stages({ deal, committee }: { deal: Deal; committee: Committee | null | undefined }) {
  const { list } = useTwin();
  const picture = useRef<HTMLDivElement>(null);
  const asOf = useAsOf();
  const ended = deal.closedAt && (!asOf || deal.closedAt <= asOf) ? deal.closedAt : (asOf ?? new Date().toISOString());
  const stalled = committee?.warnings.find((one) => one.code === 'STALLED');
  if (deal.stageHistory === null) {
    return (
      <Box title="Stages and slips">
        <p className="pad">
          <Field of={deal} field="stageHistory" />
        </p>
      </Box>
    );
  }
  const begun = deal.stageHistory.find((one) => one.from)?.from ?? deal.openedAt;
  const n = begun && begun <= ended ? `${counted(Math.round((Date.parse(ended) - Date.parse(begun)) / 86_400_000), 'day')} ${ended === deal.closedAt ? 'until it was decided' : 'open'}` : undefined;
  const drawn = !list && begun !== null && deal.stageHistory.length > 0;
  return (
    <Box title="Stages and slips" n={n} more={<>{drawn && <SavePicture of={picture} name="stages" />}<TwinButton /></>}>
      {deal.stageHistory.length === 0 ? (
        <p className="pad soft sm">{asOf ? 'It had not begun on this day.' : 'No stage of it was told.'}</p>
      ) : !drawn ? (
        <StagesList deal={deal} />
      ) : (
        <div className="pad" ref={picture}>
          <StagesPicture deal={deal} begun={begun} ended={ended} decided={ended === deal.closedAt} stalled={stalled} />
        </div>
      )}
    </Box>
  );
}

function StagesList({ deal }: { deal: Deal }) {
  const said = expectations(deal);
  return (
    <>
      <table className="table">
        <caption className="sr">Stages</caption>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Since</th>
            <th scope="col" className="num">
              How long
            </th>
          </tr>
        </thead>
        <tbody>
          {deal.stageHistory?.map((spell, i) => (
            <tr key={`${spell.stage} ${i}`}>
              <td>{spell.stage ? words(spell.stage) : 'not known'}</td>
              <td>{spell.from ? <Day at={spell.from} /> : 'not known'}</td>
              <td className="num">{spell.duration === null ? '' : lasted(spell.duration)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="table">
        <caption className="sr">Expected close</caption>
        <thead>
          <tr>
            <th scope="col">Expected close</th>
            <th scope="col">Said on</th>
            <th scope="col" className="num">
              Moved by
            </th>
          </tr>
        </thead>
        <tbody>
          {said.length === 0 && (
            <tr>
              <td colSpan={3}>{deal.slips === null ? <Field of={deal} field="slips" /> : 'No close was expected.'}</td>
            </tr>
          )}
          {said.map((one, i) => (
            <tr key={`${one.day} ${i}`}>
              <td>
                {one.day === null ? (
                  'none any more'
                ) : (
                  <span className={i < said.length - 1 ? 'was' : 'strong'}>
                    <Day at={one.day} />
                  </span>
                )}
              </td>
              <td>{one.at ? <Day at={one.at} /> : 'not known'}</td>
              <td className="num">{one.moved === null ? '' : `${one.moved > 0 ? '+' : ''}${one.moved} d`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
