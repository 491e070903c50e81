import { Button } from 'react-aria-components/Button';
import type { Extensions } from '../api/answers';
import { useViewer } from '../frame/viewer';
import { changeParams, href, useRoute } from '../route';
import { Empty } from './states';
import { Title, Withheld } from './values';
import { day, purposes, reasonSentence } from './words';

/**
 * A page whose node is not told of: why, where the answer says so; else that nothing is there that the reader may see. It leads to where others of its kind
 * are, where these have a list.
 */
export function NotThere({ what, list, extensions }: { what: string; list?: readonly [path: string, word: string]; extensions: Extensions }) {
  const { purpose } = useViewer();
  const { asOf } = useRoute().params;
  const why = extensions.withheld?.find((one) => one.path.length === 1);
  return (
    <>
      <Title crumb={list && <a className="link" href={href([list[0]])}>{list[1]}</a>}>{what}</Title>
      <div className="box">
        <Empty
          action={
            asOf && (
              <Button className="btn" onPress={() => changeParams({ asOf: null })}>
                Back to today
              </Button>
            )
          }
        >
          {why && (
            <>
              <Withheld why={why} /> {why.reason === 'SMALL_GROUP' ? 'Analysis learns about groups: a single one is not told of where few people stand behind it. ' : `${reasonSentence(why)} `}
            </>
          )}
          {!why && (asOf ? `On ${day(asOf)} there was nothing here that you may see: it may have begun later. ` : 'There is nothing here that you may see. ')}
          {purpose === 'ANALYSIS'
            ? 'Links of other purposes find nothing here: Analysis has ids of its own.'
            : !why && `The link may be incomplete, or of Analysis, which has ids of its own${purpose ? `; or ${purposes[purpose].word} does not see what it leads to` : ''}.`}
        </Empty>
      </div>
    </>
  );
}
