import type { Extensions } from '../api/answers';
import { useViewer } from '../frame/viewer';
import { href } from '../route';
import { Empty } from './states';
import { Title, Withheld } from './values';
import { purposes, reasonSentence } from './words';

/**
 * A page whose node is not told of: why, where the answer says so; else that nothing is there that the reader may see. It leads to where others of its kind
 * are, where these have a list.
 */
export function NotThere({ what, list, extensions }: { what: string; list?: readonly [path: string, word: string]; extensions: Extensions }) {
  const { purpose } = useViewer();
  const why = extensions.withheld?.find((one) => one.path.length === 1);
  return (
    <>
      <Title crumb={list && <a className="link" href={href([list[0]])}>{list[1]}</a>}>{what}</Title>
      <div className="box">
        <Empty>
          {why && (
            <>
              <Withheld why={why} /> {why.reason === 'SMALL_GROUP' ? 'Analysis learns about groups: a single one is not told of where few people stand behind it. ' : `${reasonSentence(why)} `}
            </>
          )}
          {!why && 'There is nothing here that you may see. '}
          {purpose === 'ANALYSIS'
            ? 'Links of other purposes find nothing here: Analysis has ids of its own.'
            : !why && `The link may be incomplete, or of Analysis, which has ids of its own${purpose ? `; or ${purposes[purpose].word} does not see what it leads to` : ''}.`}
        </Empty>
      </div>
    </>
  );
}
