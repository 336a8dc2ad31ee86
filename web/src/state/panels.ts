import { signal } from '@preact/signals';
import { selection } from './address.ts';

export const isPhone = signal(false);
/** room for the map and one panel beside it */
const isNarrow = signal(false);
export const leftOpen = signal(true);
export const rightOpen = signal(true);
export const drawerOpen = signal(false);
/** the rows that the table drawer was asked to show */
export const drawerTable = signal<string>('communes');
/** height of the table drawer, px */
export const drawerHeight = signal(260);
export const legendOpen = signal(true);
/** the dialog over everything, one at a time */
export const dialog = signal<
  | 'help'
  | 'remarks'
  | 'import'
  | 'import-report'
  | 'model'
  | 'print'
  | 'accounts'
  | 'journal'
  | 'password'
  | 'first-account'
  | null
>(null);

type Panel = 'left' | 'right' | 'drawer';
const panels = { left: leftOpen, right: rightOpen, drawer: drawerOpen };

/** Opens or closes a panel; on a phone panels are sheets, one at a time over the map. */
export function setPanel(panel: Panel, open: boolean): void {
  if (open && isPhone.value) for (const other of Object.values(panels)) other.value = false;
  else if (open && isNarrow.value && panel !== 'drawer') {
    panels[panel === 'left' ? 'right' : 'left'].value = false;
  }
  panels[panel].value = open;
}

/** Opens the table drawer on some rows. */
export function openTable(name: string): void {
  drawerTable.value = name;
  setPanel('drawer', true);
}

/**
 * Shows the card of what a list selected, whatever was folded; a phone says it in one line over the
 * map, and where one panel has room the list that is being read keeps it.
 */
export function showDetail(list: 'left' | 'drawer'): void {
  if (isPhone.peek() || (list === 'left' && isNarrow.peek())) return;
  setPanel('right', true);
}

export function followScreen(): void {
  const phone = matchMedia('(max-width: 720px)');
  // The panels and a map of 360 px.
  const narrow = matchMedia('(min-width: 721px) and (max-width: 1040px)');
  const apply = () => {
    isPhone.value = phone.matches;
    isNarrow.value = narrow.matches;
    // Where one panel has room, the one that says what a link points at.
    const pointing = selection.peek() !== null;
    leftOpen.value = !phone.matches && !(narrow.matches && pointing);
    rightOpen.value = !phone.matches && (!narrow.matches || pointing);
    if (phone.matches) drawerOpen.value = false;
  };
  // The legend has room under a region on a phone held upright.
  const low = matchMedia('(max-width: 720px) and (max-height: 640px)');
  const applyLegend = () => {
    legendOpen.value = !low.matches;
  };
  apply();
  applyLegend();
  for (const query of [phone, narrow]) query.addEventListener('change', apply);
  low.addEventListener('change', applyLegend);
}
