import type { Extensions } from '../api/answers';
import { Empty } from './states';
import { Title, Withheld } from './values';
import { reasonSentence } from './words';

/** A page whose node is not told of: why, where the answer says so; else that nothing is there that the reader may see. */
export function NotThere({ what, extensions }: { what: string; extensions: Extensions }) {
  const why = extensions.withheld?.find((one) => one.path.length === 1);
  return (
    <>
      <Title>{what}</Title>
      <div className="box">
        <Empty>{why ? <>{<Withheld why={why} />} {reasonSentence(why)}</> : 'There is nothing here that you may see.'}</Empty>
      </div>
    </>
  );
}
