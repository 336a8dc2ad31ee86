import { useLayoutEffect, useRef } from 'preact/hooks';
import type {
  MoveObstacle,
  UnitExplanation,
} from '../../../../server/contracts/proposal-explanations.ts';
import { announce } from '../../state/announce.ts';
import { heldCpts, place, placed } from '../../state/improvement.ts';
import { can } from '../../state/people.ts';
import type { Territory, TerritoryMap } from '../../state/proposals.ts';
import { communeName } from './describe-run.ts';

/** What no search could mend, so that a move is not offered. */
export const forGood = (obstacle: MoveObstacle) => obstacle === 'wall' || obstacle === 'locked';

interface Props {
  map: TerritoryMap;
  code: string;
  target: Territory;
  /** `target` is where it is already */
  stays?: boolean;
  /** a rule forbids the move by itself */
  barred?: boolean;
}

/** Has the next proposal put a commune into another territory. */
export function MoveTo({ map, code, target, stays = false, barred = false }: Props) {
  if (!can('analyse') || map.proposal.status !== 'done') return null;
  const chosen = placed.value.some((one) => one.code === code && one.to.id === target.id);
  return (
    <>
      {barred && (
        <p class="quiet">
          En améliorant la proposition, d’autres communes peuvent lui faire place.
        </p>
      )}
      <button
        type="button"
        class="button small"
        aria-pressed={chosen}
        onClick={() => {
          place(code, chosen ? null : target.id);
          announce(
            chosen
              ? `${communeName(code)} n’est plus placée.`
              : `${communeName(code)} placée dans ${target.name} pour améliorer la proposition.`,
          );
        }}
      >
        {chosen ? '✓ ' : ''}
        {stays ? 'Garder ici' : `Déplacer vers ${target.name}`}
      </button>
    </>
  );
}

/** Has the next proposal keep a commune where it is; what was chosen, and where it is counted. */
export function KeepHere({ map, told }: { map: TerritoryMap; told: UnitExplanation }) {
  const target = map.proposal.territories.find(({ id }) => id === told.territory);
  if (!target) return null;
  const chosen = placed.value.some(({ code }) => code === told.code);
  return (
    <>
      <p>
        <MoveTo map={map} code={told.code} target={target} stays />
      </p>
      {chosen && (
        <p class="quiet" role="status">
          Compté dans «&nbsp;Améliorer&nbsp;» (panneau Analyse)&nbsp;: la prochaine proposition le
          tient.
        </p>
      )}
    </>
  );
}

/** The communes placed, in the card that improves. */
export function PlacedCommunes() {
  const all = placed.value;
  const list = useRef<HTMLFieldSetElement>(null);
  /** where a button that went had the keyboard */
  const left = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (left.current === null) return;
    const buttons = list.current?.querySelectorAll('button') ?? [];
    buttons[Math.min(left.current, buttons.length - 1)]?.focus();
    left.current = null;
  });
  if (all.length === 0) return null;
  return (
    <fieldset class="fields" ref={list}>
      <legend>Communes placées</legend>
      <ul class="pairs">
        {all.map(({ code, from, to }, at) => {
          const holder = heldCpts.value.find(({ units }) => units.includes(code));
          return (
            <li key={code}>
              <span>
                {communeName(code)}{' '}
                <small class="quiet">
                  {from === to ? `reste dans ${to.name}` : `va de ${from.name} à ${to.name}`}
                  {holder && ` (sans effet\u00a0: «\u00a0${holder.name}\u00a0» la tient)`}
                </small>
              </span>
              <button
                type="button"
                class="button small"
                aria-label={`Ne plus placer ${communeName(code)}`}
                onClick={() => {
                  left.current = at;
                  place(code, null);
                }}
              >
                Retirer
              </button>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
