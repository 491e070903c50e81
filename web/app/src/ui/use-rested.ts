import { useEffect, useState } from 'react';

/** What is typed, once somebody stops typing; nothing at once. */
export function useRested(text: string): string {
  const [rested, rest] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => rest(text), 120);
    return () => clearTimeout(timer);
  }, [text]);
  return text === '' ? '' : rested;
}
