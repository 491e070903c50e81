// Lines on a grid of 16 by 16. Each icon stands beside its word, or its button has a label.
const shapes = {
  home: <path d="M2.5 7 8 2.5 13.5 7v6.5h-4V9.5h-3v4h-4z" />,
  person: <><circle cx="8" cy="5" r="2.5" /><path d="M3 13.5c.5-3 2.5-4 5-4s4.5 1 5 4" /></>,
  account: <path d="M3 13.5v-11h6v11M9 6h4v7.5M1.5 13.5h13M5.5 5h1M5.5 8h1M5.5 11h1M11 9h.2M11 11.2h.2" />,
  deal: <path d="M2 5.5h12v7H2zM5.5 5.5v-2h5v2M2 9h12" />,
  case: <path d="M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM3.7 3.7l2.4 2.4M9.9 9.9l2.4 2.4M12.3 3.7 9.9 6.1M6.1 9.9l-2.4 2.4" />,
  journey: <path d="M1.5 4h4c3 0 2 8 5 8h4M1.5 8h2.5M12 9.5l2.5 2.5-2.5 2.5" />,
  event: <path d="M8 1.8 14.2 8 8 14.2 1.8 8z" />,
  policy: <path d="M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11" />,
  search: <><circle cx="7" cy="7" r="4.2" /><path d="m10.2 10.2 3.3 3.3" /></>,
  calendar: <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.3 2v2.5M10.7 2v2.5" />,
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  right: <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />,
  phone: <path d="M3 2.5h2.6l1.2 3-1.6 1.1a7.5 7.5 0 0 0 4.2 4.2l1.1-1.6 3 1.2V13a.8.8 0 0 1-.9.8C7 13.4 2.6 9 2.2 3.4A.8.8 0 0 1 3 2.5z" />,
  mail: <path d="M2 3.5h12v9H2zM2.3 4l5.7 4.6L13.7 4" />,
  meeting: <><circle cx="5.5" cy="5.5" r="2" /><circle cx="11" cy="6" r="1.6" /><path d="M1.8 12.5c.3-2.5 1.8-3.6 3.7-3.6s3.4 1.1 3.7 3.6M10.5 9.5c2 0 3.4.8 3.7 3" /></>,
  screen: <path d="M2 3h12v8H2zM6 13.5h4" />,
  order: <path d="M2.5 4.5 8 2l5.5 2.5v7L8 14l-5.5-2.5zM2.5 4.5 8 7l5.5-2.5M8 7v7" />,
  warn: <path d="M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.2" />,
  ring: <circle cx="8" cy="8" r="5.5" strokeDasharray="2.6 2.2" />,
  check: <path d="m3 8.5 3.5 3.5L13 5" />,
  minus: <path d="M3.5 8h9" />,
  'up-tri': <path d="M8 3.5 14 13H2z" fill="currentColor" stroke="none" />,
  'down-tri': <path d="M8 12.5 2 3h12z" fill="currentColor" stroke="none" />,
  bar: <path d="M2.5 6h11v4h-11z" fill="currentColor" stroke="none" />,
  q: <path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.6v.2" />,
  link: <path d="M6.5 9.5 9.5 6.5M7 4.8l1.6-1.6a2.9 2.9 0 0 1 4.2 4.2L11.2 9M9 11.2l-1.6 1.6a2.9 2.9 0 0 1-4.2-4.2L4.8 7" />,
  code: <path d="m5.5 4.5-3.5 3.5 3.5 3.5M10.5 4.5l3.5 3.5-3.5 3.5" />,
  image: <path d="M2 3h12v10H2zM2 11l3.5-3.5 3 3L10.5 8.5 14 12" />,
  table: <path d="M2 3h12v10H2zM2 6.3h12M2 9.7h12M6.5 3v10" />,
  more: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2.4" />,
  tag: <path d="M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.2h.1" />,
  mega: <path d="M2.5 6.5v3h2l6 3.5V3l-6 3.5zM13 6.2v3.6" />,
  bars: <path d="M3 13.5v-5M8 13.5v-11M13 13.5v-7" />,
  scale: <path d="M8 2v12M4.5 14h7M3 4.5h10M3 4.5 1.3 9h3.4zM13 4.5 11.3 9h3.4z" />,
  lock: <path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2" />,
  plus: <path d="M8 3v10M3 8h10" />,
  filter: <path d="M2 4h12M4.5 8h7M7 12h2" />,
  retry: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5V5h-2.5" />,
  off: <path d="M2 2l12 12M4.8 9.3a4.5 4.5 0 0 1 2-1.2M2.3 6.5a8 8 0 0 1 2.2-1.5M7.5 4.2a8 8 0 0 1 6.2 2.3M8 12h.1" />,
  clock: <><circle cx="8" cy="8" r="5.8" /><path d="M8 4.8V8l2.3 1.5" /></>,
  swap: <path d="M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13" />,
  none: <><circle cx="8" cy="8" r="5.5" /><path d="M4.2 11.8l7.6-7.6" /></>,
  sort: <path d="M5 3v10M2.5 10.5 5 13l2.5-2.5M9 4h5M9 8h4M9 12h2.5" />,
  columns: <path d="M2 3h12v10H2zM6 3v10M10 3v10" />,
  x: <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />,
  grip: <path d="M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1" strokeWidth="2" />,
  undo: <path d="M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 7.5H6" />,
  file: <path d="M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5" />,
};

export type IconName = keyof typeof shapes;

/** A mark in the colour of the text beside it; small ones are 12 wide. */
export function Icon({ name, small }: { name: IconName; small?: boolean }) {
  return (
    <svg className={small ? 'i s' : 'i'} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}

/** Kith's own mark. */
export function Brand() {
  return (
    <svg className="brand-mark" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M4 3v12M4 9l9-5.5M4 9l9 5.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <circle cx="4" cy="9" r="2.6" />
      <circle cx="13.3" cy="3.6" r="2" />
      <circle cx="13.3" cy="14.4" r="2" />
    </svg>
  );
}
