import type { ReactNode } from 'react';

export type Span = { from: string | null; to: string | null; text: string; ends?: boolean };
export type SpanRow = { key: string; word: ReactNode; value: ReactNode; label: string; spans: Span[] };

const year = (at: number) => new Date(at).getUTCFullYear();

/** Values with the time they held, as bars over the years: the one that holds is blue, those before it grey; × where something ended. */
export function Spans({ rows, now, words }: { rows: readonly SpanRow[]; now: string; words: [string, string] }) {
  const starts = rows.flatMap((row) => row.spans.flatMap((span) => (span.from ? [Date.parse(span.from)] : [])));
  const end = Date.parse(now);
  // Long ago is cut off: what began before still has its bar, from the left edge.
  const begin = Math.max(Math.min(end - 3 * 31_557_600_000, ...starts), end - 12 * 31_557_600_000);
  const at = (moment: number) => (96 * (Math.min(end, Math.max(begin, moment)) - begin)) / (end - begin);
  const first = year(begin) + 1;
  const step = year(end) - first > 6 ? 2 : 1;
  const years = Array.from({ length: Math.max(0, Math.floor((year(end) - first) / step) + 1) }, (_, index) => first + index * step);
  return (
    <figure className="spans">
      <div className="spans-row spans-axis" aria-hidden="true">
        <span />
        <svg width="100%" height="20">
          {years.map((one) => (
            <text key={one} x={`${at(Date.UTC(one, 0, 1))}%`} y="14">
              {one}
            </text>
          ))}
        </svg>
      </div>
      {rows.map((row) => (
        <div key={row.key} className="spans-row">
          <span className="spans-word">
            <span>{row.word}</span>
            <span className="about">{row.value}</span>
          </span>
          <svg width="100%" height="26" role="img" aria-label={`${row.label}: ${row.spans.map((span) => `${span.text} ${span.from ? `from ${span.from.slice(0, 10)}` : ''} ${span.to ? `to ${span.to.slice(0, 10)}` : 'to now'}`).join('; ')}`}>
            {row.spans.map((span) => {
              const left = at(span.from ? Date.parse(span.from) : begin);
              const right = at(span.to ? Date.parse(span.to) : end);
              const holds = (!span.from || Date.parse(span.from) <= end) && (!span.to || Date.parse(span.to) > end);
              const width = Math.max(0.4, right - left - 0.15);
              return (
                <g key={`${span.from} ${span.text}`}>
                  <rect x={`${left}%`} y="4" width={`${width}%`} height="18" className={holds ? 'holds' : 'held'} />
                  <foreignObject x={`${left}%`} y="4" width={`${width}%`} height="18">
                    <div className={holds ? 'clip holds' : 'clip'}>{span.text}</div>
                  </foreignObject>
                  {span.ends && Date.parse(span.to ?? now) <= end && (
                    <svg x={`${right}%`} y="9" overflow="visible">
                      <path d="M-4 0 4 8M4 0-4 8" className="ended" />
                    </svg>
                  )}
                </g>
              );
            })}
            <line x1="96%" x2="96%" y1="0" y2="26" className="now" />
          </svg>
        </div>
      ))}
      <figcaption className="key pad">
        <span>
          <svg width="16" height="10" aria-hidden="true">
            <rect width="16" height="10" className="holds" />
          </svg>
          {words[0]}
        </span>
        <span>
          <svg width="16" height="10" aria-hidden="true">
            <rect width="16" height="10" className="held" />
          </svg>
          {words[1]}
        </span>
        <span>
          <svg width="10" height="12" aria-hidden="true">
            <path d="M5 0v12" className="now" />
          </svg>
          The day of the page
        </span>
      </figcaption>
    </figure>
  );
}
