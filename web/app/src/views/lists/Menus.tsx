import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { Icon } from '../../ui/Icon';
import { Withheld } from '../../ui/values';
import type { Column, Kind } from './kind';
import type { ListState, Sort } from './state';
import type { PolicyOf, Why } from './use-policy';

const waysOf = ({ of }: Pick<Sort, 'of'>) => (of.num ? { ASC: 'low first', DESC: 'high first' } : of.dated ? { ASC: 'old first', DESC: 'new first' } : { ASC: 'rising', DESC: 'falling' });

export const sortWords = (sort: Sort) => `${sort.of.word}${sort.of.money ? `, ${sort.currency}` : ''}, ${waysOf(sort)[sort.way]}`;

/** By what the rows are ordered. Amounts are ordered inside one currency: they cannot be compared across. */
export function SortMenu({ kind, state, sort, currencies, whyNot, onOpen }: { kind: Kind; state: ListState; sort: Sort | undefined; currencies: readonly string[]; whyNot: (column: Column) => Why | undefined; onOpen: () => void }) {
  const choices = kind.columns.filter((column) => column.sort).flatMap((of) => (of.money ? currencies : ['']).map((currency) => ({ of, currency, why: whyNot(of) })));
  return (
    <DialogTrigger onOpenChange={(open) => open && onOpen()}>
      <Button className="btn small">
        <Icon name="sort" />
        {sort ? sortWords(sort) : 'In no order'}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="dialog sort-menu">
          <Heading slot="title" className="popover-head">
            Order by
          </Heading>
          <ul className="menu">
            {choices.map(({ of, currency, why }) => (
              <li key={`${of.id} ${currency}`} className={why ? 'menu-item denied' : 'menu-item'}>
                {why ? <span className="withheld square" aria-hidden="true" /> : <Icon name={sort?.of === of && sort.currency === currency ? 'check' : 'sort'} />}
                <span>
                  {of.word}
                  {currency && `, ${currency}`}
                </span>
                {why ? (
                  <Withheld why={why} />
                ) : (
                  <span className="options" role="group" aria-label={`Order by ${of.word}`}>
                    {(['ASC', 'DESC'] as const).map((way) => (
                      <button key={way} type="button" aria-pressed={sort?.of === of && sort.way === way && sort.currency === currency} onClick={() => state.setSort({ of, way, currency })}>
                        {waysOf({ of })[way]}
                      </button>
                    ))}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Which columns are shown. One that the purpose may not see is listed with its reason, and can only be taken away. */
export function ColumnsMenu({ kind, state, policy }: { kind: Kind; state: ListState; policy: PolicyOf | undefined }) {
  const shown = state.columns.map((column) => column.id);
  const toggle = (id: string) => state.setColumns(kind.columns.slice(1).filter((column) => (column.id === id ? !shown.includes(id) : shown.includes(column.id))).map((column) => column.id));
  return (
    <DialogTrigger>
      <Button className="btn small">
        <Icon name="columns" />
        Columns
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="dialog columns-menu">
          <div className="list-top">
            <Heading slot="title" className="popover-head">
              Columns, {shown.length} of {kind.columns.length}
            </Heading>
            <Button className="btn bare small when" onPress={() => state.setColumns(kind.shown)}>
              Reset
            </Button>
          </div>
          <ul className="menu">
            {kind.columns.map((column, index) => {
              const why = policy?.denied(column.on);
              const on = shown.includes(column.id);
              return (
                <li key={column.id} className={why ? 'menu-item denied' : 'menu-item'}>
                  <input type="checkbox" id={`column-${column.id}`} checked={on} disabled={index === 0 || (why !== undefined && !on)} onChange={() => toggle(column.id)} />
                  <label htmlFor={`column-${column.id}`}>{column.word}</label>
                  {why ? <Withheld why={why} /> : index === 0 ? <span className="faint xs">always</span> : <span />}
                </li>
              );
            })}
          </ul>
          <p className="hint pad">A column that the purpose may not see cannot be chosen, ordered or filtered by.</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
