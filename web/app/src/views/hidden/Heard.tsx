import type { Extensions } from '../../api/answers';
import { count } from '../../ui/words';
import type { Drill } from '../journeys/Behind';
import { Number } from '../journeys/Number';
import type { Exposed } from './Exposure';
import { NoNumber } from './untold';

type HeardProps = { exposure: Exposed; within: string; who: (title: string, aware: boolean) => Drill; open: (drill: Drill) => void; extensions: Extensions };

/** Of how many we heard afterwards, as a bar, and the silent ones as its dashed rest. */
export function Heard({ exposure: { aware, silent, customers }, within, who, open, extensions }: HeardProps) {
  if (aware === null || silent === null) {
    return customers === 0 ? null : (
      <p className="pad sm">
        Of whom we heard: <NoNumber extensions={extensions} field="exposure" />
      </p>
    );
  }
  const were = aware === 1 ? 'was' : 'were';
  const share = (100 * aware) / (aware + silent || 1);
  return (
    <div className="pad heard">
      <svg width="100%" height="14" role="img" aria-label={`${count(aware)} ${were} heard of, ${count(silent)} stayed silent`}>
        <rect width={`${share}%`} height="14" className="heard-aware" />
        <rect x={`${share}%`} y="0.5" width={`${100 - share}%`} height="13" className="heard-silent" />
      </svg>
      <p>
        <b>
          <Number n={aware} of="of whom we heard" drill={who('Of whom we heard', true)} open={open} /> {were} heard of
        </b>
        : they got in touch, opened a case or gave feedback within {within}. That is no proof that they noticed.
      </p>
      <p>
        <b>
          <Number n={silent} of="of whom we did not hear" drill={who('Of whom we did not hear', false)} open={open} /> silent
        </b>
      </p>
    </div>
  );
}
