import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { changeSession, useSession } from '../api/session';
import { Icon } from '../ui/Icon';
import { keys } from './shortcuts';

export function KeysDialog({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const { letters } = useSession();
  const named = (key: string) => (/Mac|iP/.test(navigator.platform) ? key.replace('Ctrl', 'Cmd') : key);
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={onOpen} isDismissable>
      <Modal className="side-modal">
        <Dialog className="dialog">
          <header className="box-head">
            <Heading slot="title">Keyboard</Heading>
            <Button className="btn bare small more" onPress={() => onOpen(false)} aria-label="Close">
              <Icon name="x" small />
            </Button>
          </header>
          {keys.map((group) => (
            <section className="pad" key={group.word}>
              <h3 className="strong">{group.word}</h3>
              <dl className="facts keys">
                {group.keys.map(([key, what]) => (
                  <div key={key}>
                    <dt>
                      <kbd>{named(key)}</kbd>
                    </dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <div className="pad">
            <Checkbox className="check" isSelected={letters} onChange={(on) => changeSession({ letters: on })}>
              <span className="check-box">
                <Icon name="check" small />
              </span>
              Single letters are shortcuts
            </Checkbox>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
