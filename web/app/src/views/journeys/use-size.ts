import { useLayoutEffect, useRef, useState } from 'react';

/** How wide a part of the page is, so that a picture in it is drawn to its width and its text is never scaled. */
export function useWidth<E extends HTMLElement>(): [React.RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, set] = useState(0);
  useLayoutEffect(() => {
    const part = ref.current;
    if (!part) return;
    const measure = () => set(Math.floor(part.getBoundingClientRect().width));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(part);
    return () => watch.disconnect();
  }, []);
  return [ref, width];
}
