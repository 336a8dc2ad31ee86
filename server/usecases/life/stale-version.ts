import type { StaleVersion } from '../../contracts/cpts-versions.ts';
import { DomainError } from '../../errors.ts';

/** Others changed a territory since the version that a change was made on. */
export function staleVersion(basedOn: number, details: StaleVersion): DomainError {
  const { version, added, removed } = details;
  const moved = [said(added.length, 'ajoutée'), said(removed.length, 'retirée')].filter(Boolean);
  return new DomainError(
    'stale_version',
    `Quelqu’un a enregistré la version ${version} de cette CPTS depuis votre version ${basedOn} (${moved.join(', ') || 'les mêmes communes'}) : reprenez la sienne, repassez la vôtre par-dessus, ou enregistrez la vôtre comme une nouvelle CPTS.`,
    details,
  );
}

/** 2, ajoutée → « 2 communes ajoutées »; nothing for 0. */
function said(count: number, how: string): string {
  return count === 0 ? '' : `${count} commune${count > 1 ? 's' : ''} ${how}${count > 1 ? 's' : ''}`;
}
