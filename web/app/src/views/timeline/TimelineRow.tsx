import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from '../../ui/Icon';
import { Name } from '../../ui/values';
import { time } from '../../ui/words';
import { ContactEntry, ContactText } from './ContactEntry';
import { HiddenEntry } from './HiddenEntry';
import type { Edge } from './query';
import { RecordEntry } from './RecordEntry';
import { began, type Row } from './rows';

const marks = { customer: 'They began it', business: 'We began it', hidden: 'It happened to them' };

function When({ at, to }: { at: string | null; to?: string | null }) {
  if (!at) return <span />;
  return <time dateTime={to ?? at}>{time(at)}</time>;
}

function One({ edge, anchor }: { edge: Edge; anchor: string }) {
  const { node } = edge;
  const by = began(edge);
  return (
    <li className={`entry ${by}`}>
      <When at={edge.properties.at} />
      <span className="entry-mark">
        <span className="sr">{marks[by]}</span>
      </span>
      <div>
        {node.__typename === 'Interaction' ? <ContactEntry of={node} anchor={anchor} /> : node.__typename === 'HiddenEvent' ? <HiddenEntry of={node} /> : <RecordEntry edge={edge} of={node} />}
      </div>
    </li>
  );
}

/** Several alike: one line, and each of them when it is unfolded. */
function Many({ row }: { row: Row }) {
  const [open, unfold] = useState(false);
  const newest = row.edges[0];
  const oldest = row.edges[row.edges.length - 1];
  const { node } = newest;
  if (node.__typename !== 'Interaction') return null;
  const who = node.customers?.edges[0]?.node;
  return (
    <li className="entry many customer">
      <When at={newest.properties.at} />
      <span className="entry-mark">
        <span className="sr">They began it</span>
      </span>
      <div>
        <p className="entry-head">
          <Icon name="screen" />
          <span>
            {who ? <Name of={who} /> : 'A customer'} opened {row.edges.length} pages{node.channel === 'APP' ? ' in the app' : ''}
          </span>
          <span className="entry-by">
            {oldest.properties.at && time(oldest.properties.at)} to {newest.properties.at && time(newest.properties.at)}
          </span>
          <Button className="btn bare small" aria-expanded={open} onPress={() => unfold(!open)}>
            <Icon name={open ? 'down' : 'right'} small />
            {open ? 'Fold' : 'Unfold'}
          </Button>
        </p>
        {open && (
          <ul className="entry-pages">
            {row.edges.map((edge) => (
              <li key={edge.node.id}>
                <When at={edge.properties.at} />
                <div>{edge.node.__typename === 'Interaction' && <ContactText of={edge.node} />}</div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

export const TimelineRow = ({ row, anchor }: { row: Row; anchor: string }) => (row.edges.length === 1 ? <One edge={row.edges[0]} anchor={anchor} /> : <Many row={row} />);
