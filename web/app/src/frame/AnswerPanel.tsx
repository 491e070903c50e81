import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useAnswers, type Extensions, type Told } from '../api/answers';
import { href } from '../route';
import { Icon } from '../ui/Icon';
import { Withheld } from '../ui/values';
import { categories, count, counted, dayLong, purposes, reasonSentence, time, words } from '../ui/words';

type Kept = NonNullable<Extensions['withheld']>[number];

/** What is withheld of the answers on the page, one line for each reason and kind of data. */
function grouped(answers: readonly Told[]) {
  const groups = new Map<string, { why: Kept; n: number; fields: Set<string> }>();
  for (const one of answers.flatMap((told) => told.extensions.withheld ?? [])) {
    const key = `${one.reason} ${one.category} ${one.since ?? ''}`;
    const group = groups.get(key) ?? { why: one, n: 0, fields: new Set<string>() };
    group.n += one.count;
    const field = one.path.findLast((part) => typeof part === 'string');
    if (field) group.fields.add(words(String(field).replace('displayName', 'name')));
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.n - a.n);
}

/** How many values of the answers on the page are withheld. */
export function useWithheldCount(): number {
  return useAnswers()
    .flatMap((told) => told.extensions.withheld ?? [])
    .reduce((sum, one) => sum + one.count, 0);
}

export type Panel = 'withheld' | 'receipt';

/** The panel beside the page: what is withheld and why, or what this answer left as receipts. */
export function AnswerPanel({ panel, close }: { panel: Panel | null; close: () => void }) {
  return (
    <ModalOverlay className="overlay" isOpen={panel !== null} onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="side-modal">
        <Dialog className="dialog">
          <header className="box-head">
            <Heading slot="title">{panel === 'receipt' ? 'Receipt' : 'Withheld, and why'}</Heading>
            <Button className="btn bare small more" onPress={close} aria-label="Close">
              <Icon name="x" small />
            </Button>
          </header>
          {panel === 'receipt' ? <Receipts /> : <Reasons />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Reasons() {
  const groups = grouped(useAnswers());
  return (
    <>
      {groups.length === 0 && <p className="empty">Nothing that this page asks for is withheld.</p>}
      <ul className="list">
        {groups.map(({ why, n, fields }) => (
          <li key={`${why.reason} ${why.category} ${why.since}`}>
            <span className="list-top">
              <Withheld why={why} />
              <span className="when">{counted(n, 'value')}</span>
            </span>
            <span>
              <span className="soft">{words(categories[why.category])}:</span> {[...fields].join(', ')}
            </span>
            <span className="soft">{reasonSentence(why)}</span>
          </li>
        ))}
      </ul>
      <p className="pad soft sm">People whom the purpose may not see at all are not in lists and counts, and nothing tells how many they are.</p>
      <p className="pad">
        <a className="link" href={href(['what-may-be-seen'])}>
          What may be seen for what
        </a>
      </p>
    </>
  );
}

function Receipts() {
  const receipts = useAnswers().flatMap((told) => (told.extensions.receipt ? [{ name: told.name, ...told.extensions.receipt }] : []));
  if (receipts.length === 0) return <p className="empty">This page has shown nothing about persons. It leaves no receipt.</p>;
  return (
    <>
      <ul className="list">
        {receipts.map((one) => (
          <li key={one.name + one.at}>
            <span className="list-top">
              <span className="strong">{words(one.name)}</span>
              <span className="when">{time(one.at)}</span>
            </span>
            <span>
              {counted(one.persons, 'person')} · for {purposes[one.purpose].word} · {dayLong(one.at)}
            </span>
            <span className="soft">{one.categories.map((category) => categories[category]).join(', ')}</span>
          </li>
        ))}
      </ul>
      <p className="pad soft sm">Each person can see who was told what, when and for what.</p>
    </>
  );
}

/** The line at the bottom: how long the answers took, whom they were about, for what, and by which policy. */
export function ReceiptLine({ policy, open }: { policy: string; open: (panel: Panel) => void }) {
  const answers = useAnswers();
  const slowest = answers.reduce((most, told) => Math.max(most, told.milliseconds), 0);
  const receipts = answers.flatMap((told) => told.extensions.receipt ?? []);
  const persons = receipts.reduce((most, one) => Math.max(most, one.persons), 0);
  const kinds = new Set(receipts.flatMap((one) => one.categories)).size;
  return (
    <footer className="foot">
      <span>
        <Icon name="clock" small />
        {Math.round(slowest)} ms
      </span>
      {receipts.length > 0 ? (
        <Button className="foot-link" onPress={() => open('receipt')}>
          {receipts.length === 1 ? 'Receipt' : `${count(receipts.length)} receipts`}: {counted(persons, 'person')}, {counted(kinds, 'kind')} of data
          <span className="hide">, for {purposes[receipts[0].purpose].word}</span>
        </Button>
      ) : (
        <span>No receipt: nothing about persons</span>
      )}
      <span className="spring" />
      <a className="foot-link hide" href={href(['what-may-be-seen'])}>
        Policy <span className="mono">{policy.slice(0, 8)}</span>
      </a>
    </footer>
  );
}
