import type { Committee, Member, Tie } from './queries';
import { threads, type Line } from './ties';

type Person = { id: string; ours: boolean };

const without = (lines: readonly Line[], id: string) => lines.map((one) => ({ ...one, falls: one.tie.employee.id === id || one.member.customer.id === id }));

/** Whom the contact with each member hangs on: those whom nobody else of ours knows, those with whom no thread would be live, and those who stay in one. */
function hanging(id: string, all: readonly Line[]) {
  const alone: Member[] = [];
  const silent: Member[] = [];
  const stay: { member: Member; by: Tie['employee'] }[] = [];
  for (const one of all.filter(({ tie, member }) => tie.employee.id === id && !member.leftAt)) {
    const others = all.filter(({ tie, member }) => member === one.member && tie.employee.id !== id);
    const by = others.find(({ tie }) => tie.live);
    if (others.length === 0) alone.push(one.member);
    else if (one.tie.live && by) stay.push({ member: one.member, by: by.tie.employee });
    else if (one.tie.live) silent.push(one.member);
  }
  return { alone, silent, stay };
}

const nameOf = ({ displayName }: { displayName: string | null }, otherwise: string) => displayName ?? otherwise;

function Names({ of }: { of: readonly Member[] }) {
  return of.map((one, i) => (
    <span key={one.customer.id}>
      {i > 0 && (i === of.length - 1 ? ' and ' : ', ')}
      <bdi>{nameOf(one.customer, 'a member')}</bdi>
    </span>
  ));
}

/** What becomes of the contact if somebody goes, in a few words, reckoned over the ties that the map draws. */
export function WhatFalls({ of, committee, all }: { of: Person; committee: Committee; all: readonly Line[] }) {
  const lines = all.filter(({ tie, member }) => tie.employee.id === of.id || member.customer.id === of.id);
  if (lines.length === 0) return of.ours ? null : 'Nobody of ours is known to this person.';
  const stays = threads(committee, without(all, of.id));
  const live = lines.some(({ tie, member }) => tie.live && !member.leftAt);
  if (live && stays === 0) return 'No live thread is left.';
  if (!of.ours) return live ? null : 'Silent already.';
  const { alone, silent, stay } = hanging(of.id, all);
  return (
    <>
      {alone.length > 0 && (
        <>
          Nobody of ours would know <Names of={alone} />.{' '}
        </>
      )}
      {silent.length > 0 && (
        <>
          No live thread with <Names of={silent} />.{' '}
        </>
      )}
      {stay.map(({ member, by }) => (
        <span key={member.customer.id}>
          <bdi>{nameOf(member.customer, 'A member')}</bdi> stays, by <bdi>{nameOf(by, 'another of ours')}</bdi>.{' '}
        </span>
      ))}
      {!live && alone.length === 0 && 'Silent already.'}
    </>
  );
}
