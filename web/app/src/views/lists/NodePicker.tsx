import { useState } from 'react';
import { graphql } from '../../api/graphql';
import { useAnswer } from '../../api/use-answer';
import { Fault } from '../../ui/states';
import { Icon } from '../../ui/Icon';

const PickQuery = graphql(`
  query PickAccount($text: String!) {
    search(text: $text, kinds: [ACCOUNT], first: 8) { node { id displayName } }
  }
`);

const NamesQuery = graphql(`
  query PickedNames($ids: [ID!]!) { nodes(ids: $ids) { id displayName } }
`);

/** What the nodes of conditions are called; an id while that is asked, or where it may not be said. */
export function useNames(ids: readonly string[]): (id: string) => string {
  const answer = useAnswer(NamesQuery, { ids: [...ids] }, { pause: ids.length === 0 });
  const names = new Map((answer.data?.nodes ?? []).flatMap((node) => (node ? [[node.id, node.displayName] as const] : [])));
  return (id) => names.get(id) ?? (answer.waiting ? '…' : answer.error ? 'one whose name could not be told' : 'one that you may not see');
}

/** Finds companies by their names. What the link keeps of them is their ids. */
export function NodePicker({ ids, choose }: { ids: readonly string[]; choose: (ids: readonly string[]) => void }) {
  const [text, write] = useState('');
  const asked = text.trim();
  const answer = useAnswer(PickQuery, { text: asked }, { pause: asked.length < 2 });
  const nameOf = useNames(ids);
  const hits = asked.length < 2 ? [] : (answer.data?.search ?? []).filter(({ node }) => !ids.includes(node.id));
  return (
    <div className="node-picker">
      {ids.length > 0 && (
        <ul className="picked">
          {ids.map((id) => (
            <li key={id}>
              <bdi>{nameOf(id)}</bdi>
              <button type="button" aria-label={`Take ${nameOf(id)} away`} onClick={() => choose(ids.filter((one) => one !== id))}>
                <Icon name="x" small />
              </button>
            </li>
          ))}
        </ul>
      )}
      <label className="field">
        <span>A company, by its name</span>
        <input className="input" type="search" dir="auto" autoFocus maxLength={200} value={text} onChange={(event) => write(event.target.value)} />
      </label>
      {answer.error && <Fault error={answer.error} retry={answer.retry} />}
      <ul className="node-hits">
        {hits.map(({ node }) => (
          <li key={node.id}>
            <button
              type="button"
              onClick={() => {
                choose([...ids, node.id]);
                write('');
              }}
            >
              <Icon name="account" />
              <bdi>{node.displayName ?? 'without a name'}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {asked.length >= 2 && !answer.waiting && !answer.error && hits.length === 0 && <p className="hint">Nothing is found that you may see.</p>}
    </div>
  );
}
