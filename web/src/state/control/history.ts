import type { CptsHistory, UnitHistory } from '../../../../server/contracts/cpts-history.ts';
import { fetchCptsHistory, fetchUnitHistory } from '../../api/control.ts';
import { resource } from '../resource.ts';

/** The life of the CPTS whose history is open. */
export const cptsHistory = resource<CptsHistory>();

/** Who held the commune selected, and since when. */
export const unitHistory = resource<UnitHistory>();

/** `state` is whatever a decision or a save changes: the history is read again when it does. */
export const loadCptsHistory = (id: number, state: string) =>
  void cptsHistory.show(`${id}/${state}`, (signal) => fetchCptsHistory(id, signal));

export const loadUnitHistory = (code: string) =>
  void unitHistory.show(code, (signal) => fetchUnitHistory(code, signal));
