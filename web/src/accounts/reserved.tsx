import { roleLabels } from '../../../server/core/accounts/actor.ts';
import { session } from '../state/people.ts';

/** In place of what the role of whoever works here does not allow: why, and what to do. */
export function Reserved({ act }: { act: string }) {
  const role = session.value?.account?.role;
  return (
    <p class="quiet reserved">
      {role ? `Le rôle «\u00a0${roleLabels[role]}\u00a0»` : 'Votre rôle'} ne permet pas {act}
      &nbsp;: demandez à l’administrateur de Maillage de l’étendre.
    </p>
  );
}
