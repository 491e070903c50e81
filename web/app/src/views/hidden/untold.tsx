import type { Extensions } from '../../api/answers';
import { Withheld } from '../../ui/values';
import { reasonSentence } from '../../ui/words';

const about = (extensions: Extensions, field: string) => extensions.withheld?.filter((one) => one.path[one.path.length - 1] === field) ?? [];

/** What stands in the place of a number that is null beside others that are told: too few stand behind it. */
export function NoNumber({ extensions, field }: { extensions: Extensions; field: string }) {
  const all = about(extensions, field);
  const why = all.find((one) => one.reason === 'SMALL_GROUP') ?? all[0];
  return why ? <Withheld why={why} /> : <span className="faint">not known</span>;
}

/** What is left out of numbers that are told. */
export function LeftOut({ extensions, field }: { extensions: Extensions; field: string }) {
  const all = about(extensions, field).filter((one) => one.reason !== 'SMALL_GROUP');
  if (all.length === 0) return null;
  return (
    <p className="pad sm soft">
      Not all that there is stands behind these numbers. {all.map((why) => reasonSentence(why)).join(' ')}
    </p>
  );
}
