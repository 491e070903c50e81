import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Heading } from 'react-aria-components/Heading';
import type { Answer } from '../../api/use-answer';
import { useMe } from '../../frame/viewer';
import { useAsOf } from '../../route';
import { Icon } from '../../ui/Icon';
import { Await, Fault, Skeleton } from '../../ui/states';
import { day } from '../../ui/words';
import { fieldWord, saidAfter } from './field-words';
import { noteDraft, type Opened } from './open';
import type { UserError } from './send';

/** What a form and the dialog around it tell each other: whether something was written, and whether to ask before it is lost. */
type Around = { close: () => void; tellDirty: (dirty: boolean) => void; asking: boolean; ask: (asking: boolean) => void };

export const AroundContext = createContext<Around | null>(null);
const ErrorsContext = createContext<readonly UserError[]>([]);

function useAround(): Around {
  const around = useContext(AroundContext);
  if (!around) throw new Error('a form stands outside of its dialog');
  return around;
}

const isAt = (error: UserError, path: string) => error.field === `input.${path}` || error.field.startsWith(`input.${path}.`) || error.field.startsWith(`input.${path}[`);

/** What is wrong at a field, by its path in the input. */
export const useErrorsAt = (path: string) => useContext(ErrorsContext).filter((error) => isAt(error, path));

export const idOf = (path: string) => `form-${path}`;

function focusField(path: string) {
  const at = document.getElementById(idOf(path));
  const control = at?.matches('input, select, textarea') ? at : at?.querySelector<HTMLElement>('input, select, textarea, button');
  control?.focus();
}

/**
 * What a form says: what it begins with, and over it what was written. Only the latter is kept when it is opened again, so that
 * what somebody else has changed meanwhile is not set back by a field that nobody touched.
 */
export function useDraft<Draft extends object>(opened: Opened, begin: Draft) {
  const [written, write] = useState<Partial<Draft>>((opened.draft as Partial<Draft> | undefined) ?? {});
  const change = (part: Partial<Draft>) => write((before) => ({ ...before, ...part }));
  const { key } = opened;
  useEffect(() => noteDraft(key, written), [key, written]);
  const draft: Draft = { ...begin, ...written };
  const dirty = JSON.stringify(draft) !== JSON.stringify(begin);
  const kept: Opened = { ...opened, draft: written };
  return { draft, change, dirty, kept };
}

export function FormHead({ title, about }: { title: ReactNode; about?: ReactNode }) {
  const { close } = useAround();
  return (
    <header className="form-head">
      <div>
        <Heading slot="title">{title}</Heading>
        {about && <p className="soft xs">{about}</p>}
      </div>
      <Button className="btn bare small" onPress={close} aria-label="Close">
        <Icon name="x" small />
      </Button>
    </header>
  );
}

/** A form that needs to know something before it can be drawn. */
export function FormWait<Data>({ title, answer, children }: { title: string; answer: Answer<Data>; children: (data: Data) => ReactNode }) {
  if (answer.data) return <>{children(answer.data)}</>;
  return (
    <>
      <FormHead title={title} />
      <div className="form-body">
        <Await answer={answer} rows={5}>
          {() => null}
        </Await>
      </div>
    </>
  );
}

/** Says in words why there is nothing to fill in. */
export function NoForm({ title, children }: { title: string; children: ReactNode }) {
  const { close } = useAround();
  return (
    <>
      <FormHead title={title} />
      <div className="form-body">
        <p className="text">{children}</p>
      </div>
      <footer className="form-foot">
        <span className="spring" />
        <Button className="btn" onPress={close}>
          Close
        </Button>
      </footer>
    </>
  );
}

type Frame = {
  title: ReactNode;
  about?: ReactNode;
  opened: Opened;
  dirty: boolean;
  /** The verb on the button. */
  verb: string;
  /** What to know before one sends it. */
  hint?: ReactNode;
  /** What the summary says before it names the fields, as "Not moved". */
  refused?: string;
  disabled?: boolean;
  onSubmit: () => void;
  children: ReactNode;
};

/** What all forms have: title, summary of what is wrong, fields, a word on what follows, and two buttons. */
export function FormFrame({ title, about, opened, dirty, verb, hint, refused = 'Not saved', disabled, onSubmit, children }: Frame) {
  const { close, tellDirty, asking, ask } = useAround();
  const errors = opened.errors ?? [];
  const again = errors.length > 0 || opened.fault !== undefined;
  const asOf = useAsOf();
  useEffect(() => tellDirty(dirty || again), [dirty, again, tellDirty]);
  return (
    <ErrorsContext value={errors}>
      <FormHead title={title} about={about} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <div className="form-body">
          {errors.length > 0 && <Summary refused={refused} errors={errors} />}
          {opened.fault && <Fault error={opened.fault} />}
          {asOf && <p className="hint">This changes what holds today, not what the page shows of {day(asOf)}.</p>}
          {children}
        </div>
        {asking ? (
          <footer className="form-foot" role="alert">
            <p className="strong">What you wrote is not saved.</p>
            <span className="spring" />
            <Button className="btn" onPress={close}>
              Let it go
            </Button>
            <Button className="btn primary" autoFocus onPress={() => ask(false)}>
              Go on writing
            </Button>
          </footer>
        ) : (
          <footer className="form-foot">
            <p className="hint">{again ? 'What you wrote is kept.' : hint}</p>
            <span className="spring" />
            <Button className="btn bare" onPress={() => (dirty ? ask(true) : close())}>
              Cancel
            </Button>
            <Button type="submit" className="btn primary" isDisabled={disabled}>
              {again ? 'Try again' : verb}
            </Button>
          </footer>
        )}
      </form>
    </ErrorsContext>
  );
}

/** The field that an error is about, as it is named in the input. */
const pathOf = (error: UserError) => error.field.replace(/^input\./, '').replace(/[.[].*$/, '');

/** Names each field that does not hold, and leads to it. What has no field here is said in full. */
function Summary({ refused, errors }: { refused: string; errors: readonly UserError[] }) {
  const at = useRef<HTMLDivElement>(null);
  // A field that this form does not have is named, and leads nowhere.
  const [here, look] = useState<readonly string[]>([]);
  useEffect(() => {
    at.current?.focus();
    look(errors.map((error) => pathOf(error)).filter((path) => document.getElementById(idOf(path))));
  }, [errors]);
  return (
    <div className="form-errors" role="alert" tabIndex={-1} ref={at}>
      <Icon name="warn" />
      <div>
        <p>
          <b>{refused}.</b>
        </p>
        <ul>
          {errors.map((error) => {
            const path = pathOf(error);
            if (error.code === 'CONFLICT' && path === 'updatedAt') return <li key={error.field}>Somebody changed it after you opened this. What holds now stands at each field; try again to set yours.</li>;
            return (
              <li key={error.field + error.message}>
                {here.includes(path) ? (
                  <button type="button" className="form-error-link" onClick={() => focusField(path)}>
                    {fieldWord(path)}
                  </button>
                ) : (
                  fieldWord(path)
                )}{' '}
                {saidAfter(error.message)} <span className="mono">{error.code}</span>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** A form that begins with who fills it in: it waits until that is known. No id: nobody says who. */
export function FormOfMe({ title, children }: { title: string; children: (me: string | undefined) => ReactNode }) {
  const me = useMe();
  if (me !== undefined) return children(me?.id);
  return (
    <>
      <FormHead title={title} />
      <div className="form-body">
        <Skeleton rows={6} />
      </div>
    </>
  );
}
