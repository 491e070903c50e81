import { useCallback, useEffect, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useShortcuts } from '../../frame/shortcuts';
import { useMayWrite, useViewer } from '../../frame/viewer';
import { currentRoute } from '../../route';
import { ChangeDeal } from './ChangeDeal';
import { ClaimRole } from './ClaimRole';
import { ConsentForm } from './ConsentForm';
import { DisputeClaim } from './DisputeClaim';
import { EndClaim } from './EndClaim';
import { AroundContext, NoForm } from './FormFrame';
import { JobForm } from './JobForm';
import { LogInteraction } from './LogInteraction';
import { NewDeal } from './NewDeal';
import { OpenCase } from './OpenCase';
import { openForm, showForm, useOpenForm, type Form, type Opened } from './open';
import { giveBack, titles, unsaved } from './saving';
import { Saving } from './Saving';
import { UpdateCase } from './UpdateCase';
import './forms.css';

/** The forms of daily work, over whatever page is open, and what of them is not saved yet. */
export default function Forms() {
  const opened = useOpenForm();
  const { subject, purpose } = useViewer();
  useEffect(() => giveBack(subject, purpose), [subject, purpose]);
  useShortcuts({
    l: () => openForm(logHere()),
    e: () => {
      const { path } = currentRoute();
      if (path[0] === 'deals' && path[1]) openForm({ form: 'change-deal', id: path[1] });
      if (path[0] === 'cases' && path[1]) openForm({ form: 'update-case', id: path[1] });
    },
  });
  return (
    <>
      {opened && <FormDialog key={opened.key} opened={opened} />}
      <Saving />
    </>
  );
}

/** What is logged is about what the page is about. */
function logHere(): Form {
  const [kind, id] = currentRoute().path;
  return { form: 'log-interaction', ...(kind === 'customers' ? { customer: id } : kind === 'deals' ? { deal: id } : kind === 'cases' ? { case: id } : {}) };
}

function FormDialog({ opened }: { opened: Opened }) {
  const [dirty, tellDirty] = useState(false);
  const [asking, ask] = useState(false);
  const close = useCallback(() => showForm(null), []);
  useKeptWindow(dirty);
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={(open) => !open && (dirty ? ask(!asking) : close())} isDismissable={!dirty}>
      <Modal className="form-modal">
        <Dialog className="dialog">
          <AroundContext value={{ close, tellDirty, asking, ask }}>
            <Allowed opened={opened} />
          </AroundContext>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Leaving the window asks, as long as something is written or not saved. */
function useKeptWindow(dirty: boolean) {
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (dirty || unsaved().length > 0) event.preventDefault();
    };
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [dirty]);
}

function Allowed({ opened }: { opened: Opened }) {
  const mayWrite = useMayWrite();
  const { purpose } = useViewer();
  const title = titles[opened.form.form];
  if (!mayWrite) return <NoForm title={title}>You may read here, and change nothing: your token has no role that writes.</NoForm>;
  if (purpose === 'ANALYSIS') return <NoForm title={title}>Whoever learns about groups changes nothing. Choose another purpose than Analysis to write.</NoForm>;
  return <Chosen opened={opened} />;
}

function Chosen({ opened }: { opened: Opened }) {
  const { form } = opened;
  switch (form.form) {
    case 'log-interaction':
      return <LogInteraction opened={{ ...opened, form }} />;
    case 'open-case':
      return <OpenCase opened={{ ...opened, form }} />;
    case 'update-case':
      return <UpdateCase opened={{ ...opened, form }} />;
    case 'new-deal':
      return <NewDeal opened={{ ...opened, form }} />;
    case 'change-deal':
      return <ChangeDeal opened={{ ...opened, form }} />;
    case 'claim-role':
      return <ClaimRole opened={{ ...opened, form }} />;
    case 'dispute-claim':
      return <DisputeClaim opened={{ ...opened, form }} />;
    case 'end-claim':
      return <EndClaim opened={{ ...opened, form }} />;
    case 'consent':
      return <ConsentForm opened={{ ...opened, form }} />;
    case 'job':
      return <JobForm opened={{ ...opened, form }} />;
  }
}
