import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { dayLong } from '../../ui/words';
import type { DayOfRows } from './rows';
import { TimelineRow } from './TimelineRow';

/** Above so many days only those near the window are drawn. */
const many = 60;

/** The entries of a timeline, each day under its heading. */
export function Days({ days, anchor }: { days: readonly DayOfRows[]; anchor: string }) {
  if (days.length > many) return <ManyDays days={days} anchor={anchor} />;
  return (
    <div className="timeline-days">
      {days.map((one) => (
        <OneDay key={one.day} of={one} anchor={anchor} />
      ))}
    </div>
  );
}

function OneDay({ of, anchor }: { of: DayOfRows; anchor: string }) {
  return (
    <section>
      <h3 className="timeline-day">{of.day ? dayLong(of.day) : 'Without a day'}</h3>
      <ol>
        {of.rows.map((row) => (
          <TimelineRow key={row.key} row={row} anchor={anchor} />
        ))}
      </ol>
    </section>
  );
}

function ManyDays({ days, anchor }: { days: readonly DayOfRows[]; anchor: string }) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY);
  }, [days]);
  const virtual = useWindowVirtualizer({
    count: days.length,
    estimateSize: (index) => 40 + days[index].rows.length * 60,
    getItemKey: (index) => days[index].day,
    overscan: 8,
    scrollMargin: top,
  });
  return (
    <div ref={list} className="timeline-days many" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => (
        <div key={item.key} ref={virtual.measureElement} data-index={item.index} className="timeline-at" style={{ transform: `translateY(${item.start - top}px)` }}>
          <OneDay of={days[item.index]} anchor={anchor} />
        </div>
      ))}
    </div>
  );
}
