import { useEffect, useRef } from 'react';
import { currentSession } from '../api/session';

/** Keys of the keyboard and what they do: single letters, two letters after each other ("g d"), and what a browser calls other keys. */
export type Shortcuts = Record<string, () => void>;

/** Whether a key belongs to what has the focus: it writes there, or chooses. */
function isTaken(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null)
  );
}

/** Listens while the part that calls it is on the page. Letters can be switched off, as speech control needs. */
export function useShortcuts(shortcuts: Shortcuts) {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let leader = '';
    let until = 0;
    const onKey = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey;
      if (event.altKey || event.defaultPrevented) return;
      if (!command && (isTaken(event.target) || !currentSession().letters)) return;
      const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const key = command ? `mod ${letter}` : event.shiftKey && /^[a-z]$/.test(letter) ? `shift ${letter}` : letter;
      const both = leader && event.timeStamp < until ? `${leader} ${key}` : key;
      leader = '';
      const act = latest.current[both] ?? latest.current[key];
      if (act) {
        event.preventDefault();
        act();
      } else if (Object.keys(latest.current).some((name) => name.startsWith(`${key} `)) && !command) {
        leader = key;
        until = event.timeStamp + 1200;
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** The list that `?` shows; a Mac has another key in the place of Ctrl. */
export const keys: { word: string; keys: [string, string][] }[] = [
  {
    word: 'Everywhere',
    keys: [
      ['/ or Ctrl K', 'Search'],
      ['P', 'Purpose'],
      ['T', 'As-of day'],
      ['W', 'What is withheld, and why'],
      ['R', 'Receipt'],
      ['Y', 'Copy the link'],
      ['Shift Y', 'Copy as GraphQL'],
      ['Ctrl Z', 'Undo what was changed last, while that is said'],
      ['?', 'This list'],
      ['Esc', 'Close'],
    ],
  },
  {
    word: 'Go to',
    keys: [
      ['G H', 'Home'],
      ['G C', 'Customers'],
      ['G A', 'Accounts'],
      ['G D', 'Deals'],
      ['G S', 'Cases'],
      ['G I', 'Interactions'],
      ['G J', 'Journeys'],
      ['G E', 'Hidden events'],
      ['G W', 'What may be seen'],
    ],
  },
  {
    word: 'On a page',
    keys: [
      ['J K', 'Row below, row above'],
      ['[ ]', 'Tab before, tab behind'],
      ['V', 'Picture or list'],
      ['L', 'Log a call'],
      ['E', 'Change the deal, or the case'],
      ['X', 'Without the focused person'],
      ['← ↑ → ↓', 'Along the lines of a picture'],
      ['+ − 0', 'A picture that has the focus: larger, smaller, whole'],
      ['← →', 'On the slider from change to change, with Shift from day to day'],
    ],
  },
  {
    word: 'In lists',
    keys: [
      ['J K or ↓ ↑', 'Row below, row above'],
      ['Home End', 'First and last of all'],
      ['Enter', 'Open'],
      ['Space', 'Choose'],
      ['Shift ↓ ↑', 'Choose on'],
      ['F', 'Add a condition'],
    ],
  },
];
