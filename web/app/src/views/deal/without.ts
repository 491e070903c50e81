import { changeParams, currentRoute } from '../../route';

/** Leaves a person out of the committee, or takes that person in again. The choice stands in the address. */
export function toggleWithout(id: string | null) {
  changeParams({ without: id === currentRoute().params.without ? null : id }, { replace: true });
}

/** The member that has the focus. */
export const focusedMember = () => document.activeElement?.closest<HTMLElement>('[data-member]')?.dataset.member ?? null;

/** Moves the focus to the member below or above. */
export function moveFocus(by: 1 | -1) {
  const all = [...document.querySelectorAll<HTMLElement>('[data-member]')];
  if (all.length === 0) return;
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  next.querySelector<HTMLElement>('a, button')?.focus();
}
