import { useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components/Button';
import { onCallerGone } from '../api/session';
import { Icon } from '../ui/Icon';

/** What takes a change back where it has no inverse, or what else is done next. */
type Next = { word: string; act: () => void };
type Toast = { id: number; text: string; undo?: () => void; next?: Next };

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const tell of listeners) tell();
}

onCallerGone(() => set([]));

export const dismiss = (id: number) => set(toasts.filter((one) => one.id !== id));

/** Says what has happened. It is said when it is certain; undo is there where a change has an inverse. */
export function toast(text: string, undo?: () => void, next?: Next) {
  const id = ++last;
  set([...toasts.slice(-2), { id, text, undo, next }]);
  setTimeout(() => dismiss(id), undo || next ? 12_000 : 6_000);
}

/** Undoes the newest change that can be undone. */
export function undoNewest() {
  const newest = toasts.findLast((one) => one.undo);
  if (!newest) return;
  dismiss(newest.id);
  newest.undo?.();
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <div className="toast" key={one.id}>
          <Icon name="check" />
          <span>{one.text}</span>
          {one.undo && (
            <Button
              className="btn small"
              onPress={() => {
                dismiss(one.id);
                one.undo?.();
              }}
            >
              <Icon name="undo" small />
              Undo
            </Button>
          )}
          {one.next && (
            <Button
              className="btn small"
              onPress={() => {
                dismiss(one.id);
                one.next?.act();
              }}
            >
              {one.next.word}
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}
