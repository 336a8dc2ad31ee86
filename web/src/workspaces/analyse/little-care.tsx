import { counted, formatShare } from '../../french/numbers.ts';
import { keepsLittleCare, LITTLE_CARE, type Territory } from '../../state/proposals.ts';

const least = formatShare(LITTLE_CARE, 0);

/** How many territories of a run keep almost no care, which its band and its mean do not show. */
export function CountLittleCare({ territories }: { territories: readonly Territory[] }) {
  const count = territories.filter(keepsLittleCare).length;
  if (count === 0) return null;
  return (
    <p class="notice notice-amber">
      ⚠ {counted(count, 'territoire garde', 'territoires gardent')} moins de {least} des soins de{' '}
      {count > 1 ? 'leurs' : 'ses'} habitants.{' '}
      <span class="quiet">
        La liste triée par LI les montre&nbsp;; moins de territoires, ou un plafond plus haut, les
        réunissent à ceux où l’on se soigne.
      </span>
    </p>
  );
}

/** The same of one territory. */
export function LittleCare({ territory }: { territory: Territory }) {
  if (!keepsLittleCare(territory)) return null;
  return (
    <p class="notice notice-amber">
      ⚠ Il ne garde presque aucun soin&nbsp;: {formatShare(territory.li ?? 0)} de ceux de ses
      habitants.
    </p>
  );
}
