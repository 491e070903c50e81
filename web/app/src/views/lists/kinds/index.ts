import type { Kind } from '../kind';
import { accounts } from './accounts';
import { cases } from './cases';
import { customers } from './customers';
import { deals } from './deals';
import { interactions } from './interactions';

/** The lists, by the words of their addresses. */
export const kinds: Record<string, Kind> = { accounts, cases, customers, deals, interactions };
