import { useEffect, useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactElement } from 'react';
import { Icon } from './Icon';
import { percent } from './words';
import './zoom.css';

const steps = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3];
const least = steps[0];
const most = steps[steps.length - 1];
/** How far a mouse may move while it clicks. */
const still = 4;

type At = { x: number; y: number };

const at = ({ clientX, clientY }: { clientX: number; clientY: number }): At => ({ x: clientX, y: clientY });

/**
 * A place for a picture that may be larger than it: a drawing with a viewBox, which is made larger and smaller, and moved. The place scrolls sideways alone, so that
 * a wheel goes on scrolling the page; what lies below it is come to by a drag, by two fingers and by whatever has the focus. Nothing moves by itself.
 */
export function Zoom({ className, middle, children }: { className: string; /** What a picture that is wider than its place begins with. */ middle?: number; children: ReactElement }) {
  const all = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const now = useRef(1);
  const [told, tell] = useState(1);
  const drag = useRef<{ from: At; moved: boolean } | null>(null);

  const drawing = () => place.current?.querySelector('svg') as SVGSVGElement;
  const natural = () => drawing().viewBox.baseVal;

  const draw = () => {
    const { width, height } = natural();
    Object.assign(drawing().style, { width: `${width * now.current}px`, height: `${height * now.current}px` });
    // It is as high as the picture is by itself, with its scroll bar.
    if (place.current) place.current.style.maxHeight = `max(${height + 20}px, 70vh)`;
  };
  useLayoutEffect(draw);
  useLayoutEffect(() => {
    const part = place.current;
    if (part && middle !== undefined) part.scrollLeft = middle * now.current - part.clientWidth / 2;
  }, [middle]);

  /** Moves what is in the place, and the page by what the place itself cannot. */
  const move = (x: number, y: number, page: boolean) => {
    const part = place.current as HTMLDivElement;
    const before = part.scrollTop;
    part.scrollLeft += x;
    part.scrollTop += y;
    if (page) window.scrollBy(0, y - (part.scrollTop - before));
  };

  /** Draws it so many times as large; what of it is at one point of the window is at another one then. */
  const zoom = (scale: number, from: At, { to = from, page = false } = {}) => {
    const before = drawing().getBoundingClientRect();
    now.current = Math.min(most, Math.max(Math.min(least, now.current), scale));
    draw();
    const after = drawing().getBoundingClientRect();
    const moved = (side: 'left' | 'top', size: 'width' | 'height', one: 'x' | 'y') => after[side] + ((from[one] - before[side]) / before[size]) * after[size] - to[one];
    move(moved('left', 'width', 'x'), moved('top', 'height', 'y'), page);
    tell(now.current);
  };

  const show = (mark: Element) => mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });

  /** The next step up or down, around the mark that has the focus, or around the middle of what can be seen. */
  const step = (by: 1 | -1) => {
    const next = by > 0 ? steps.find((one) => one > now.current + 0.005) : steps.findLast((one) => one < now.current - 0.005);
    const focus = document.activeElement;
    const mark = place.current?.contains(focus) && focus !== place.current ? focus : null;
    const seen = place.current?.getBoundingClientRect() as DOMRect;
    const box = mark?.getBoundingClientRect() ?? seen;
    const middleOf = (low: number, high: number, first: number, last: number) => (Math.max(low, first) + Math.min(high, last)) / 2;
    if (next) zoom(next, { x: middleOf(box.left, box.right, seen.left, seen.right), y: middleOf(box.top, box.bottom, Math.max(0, seen.top), Math.min(innerHeight, seen.bottom)) });
    if (mark) show(mark);
  };

  const whole = () => {
    const part = place.current as HTMLDivElement;
    const { width, height } = natural();
    now.current = Math.min(1, (part.clientWidth - 2 * parseFloat(getComputedStyle(part).paddingLeft)) / width, (0.75 * innerHeight) / height);
    draw();
    all.current?.scrollIntoView({ block: 'nearest' });
    tell(now.current);
  };

  // What is done with a wheel or with fingers is the page's own unless it is prevented, and React listens as one who prevents nothing.
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    const part = place.current as HTMLDivElement;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const far = event.deltaY * (event.deltaMode ? 16 : 1);
      latest.current(now.current * Math.exp(-Math.max(-25, Math.min(25, far)) / 100), at(event), { page: true });
    };
    let fingers: { far: number; at: At } | null = null;
    const onTouch = (event: TouchEvent) => {
      const [a, b] = event.touches;
      const before = fingers;
      fingers = null;
      if (event.touches.length !== 2) return;
      event.preventDefault();
      fingers = { far: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)), at: { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 } };
      if (before) latest.current((now.current * fingers.far) / before.far, before.at, { to: fingers.at, page: true });
    };
    const listens = { passive: false };
    part.addEventListener('wheel', onWheel, listens);
    for (const name of ['touchstart', 'touchmove', 'touchend'] as const) part.addEventListener(name, onTouch, listens);
    return () => {
      part.removeEventListener('wheel', onWheel);
      for (const name of ['touchstart', 'touchmove', 'touchend'] as const) part.removeEventListener(name, onTouch);
    };
  }, []);

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') step(1);
    else if (event.key === '-') step(-1);
    else if (event.key === '0') whole();
    else return;
    event.preventDefault();
  };
  const onDown = (event: PointerEvent) => {
    drag.current = event.pointerType === 'mouse' && event.button === 0 ? { from: at(event), moved: false } : null;
  };
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const one = drag.current;
    if (!one || !(event.buttons & 1)) return;
    const to = at(event);
    if (!one.moved && Math.hypot(to.x - one.from.x, to.y - one.from.y) < still) return;
    if (!one.moved) event.currentTarget.setPointerCapture(event.pointerId);
    one.moved = true;
    event.currentTarget.dataset.dragged = '';
    move(one.from.x - to.x, one.from.y - to.y, true);
    one.from = to;
  };
  const onUp = (event: PointerEvent<HTMLDivElement>) => delete event.currentTarget.dataset.dragged;
  // A browser leaves where it is what it shows an end of.
  const onFocus = ({ target }: FocusEvent) => target !== place.current && target.matches(':focus-visible') && show(target);
  // A press gives nothing the focus, since it may begin a drag: the click does.
  const onClick = (event: MouseEvent) => (event.target as Element).closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
  const onAnyClick = (event: MouseEvent) => {
    if (drag.current?.moved) event.stopPropagation();
    drag.current = null;
  };

  const tool = (word: string, act: () => void, icon: 'minus' | 'plus', off: boolean) => (
    <button type="button" className="btn small" aria-label={word} title={word} aria-disabled={off} data-disabled={off || undefined} onClick={act}>
      <Icon name={icon} small />
    </button>
  );
  return (
    <div className="zoom" ref={all} onKeyDown={onKey}>
      <div className="zoom-tools" role="group" aria-label="Size of the picture">
        <output className="xs soft">
          <span className="sr">Size </span>
          {percent(told)}
        </output>
        {tool('Zoom out', () => step(-1), 'minus', told <= least)}
        {tool('Zoom in', () => step(1), 'plus', told >= most)}
        <button type="button" className="btn small" onClick={whole}>
          Whole picture
        </button>
      </div>
      <div ref={place} className={`picture zoom-place ${className}`} tabIndex={-1} onFocus={onFocus} onPointerDown={onDown} onPointerMove={onMove} onPointerUp={onUp} onPointerCancel={onUp} onMouseDown={(event) => event.preventDefault()} onClickCapture={onAnyClick} onClick={onClick}>
        {children}
      </div>
    </div>
  );
}
