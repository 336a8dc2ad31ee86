import { signal } from '@preact/signals';

export const isPhone = signal(false);
export const leftOpen = signal(true);
export const rightOpen = signal(true);
export const drawerOpen = signal(false);
/** height of the table drawer, px */
export const drawerHeight = signal(260);
export const legendOpen = signal(true);
/** the dialog over everything, one at a time */
export const dialog = signal<'help' | 'remarks' | null>(null);

type Panel = 'left' | 'right' | 'drawer';
const panels = { left: leftOpen, right: rightOpen, drawer: drawerOpen };

/** Opens or closes a panel; on a phone panels are sheets, one at a time over the map. */
export function setPanel(panel: Panel, open: boolean): void {
  if (open && isPhone.value) for (const other of Object.values(panels)) other.value = false;
  panels[panel].value = open;
}

export function followScreen(): void {
  const query = matchMedia('(max-width: 720px)');
  const apply = () => {
    isPhone.value = query.matches;
    leftOpen.value = !query.matches;
    rightOpen.value = !query.matches;
    legendOpen.value = !query.matches;
    if (query.matches) drawerOpen.value = false;
  };
  apply();
  query.addEventListener('change', apply);
}
