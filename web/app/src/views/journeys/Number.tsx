import './number.css';
import { count } from '../../ui/words';
import type { Drill } from './Behind';

/** A number that opens who is behind it, where that can be listed. */
export function Number({ n, drill, open, of }: { n: number; drill: Drill | null; open: (drill: Drill) => void; of: string }) {
  if (!drill || n === 0) return <>{count(n)}</>;
  return (
    <button type="button" className="number" aria-label={`${count(n)} ${of}: who`} onClick={() => open(drill)}>
      {count(n)}
    </button>
  );
}
