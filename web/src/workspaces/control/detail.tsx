import { formatInhabitants } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { select, selection } from '../../state/address.ts';
import { allCpts, allOverlaps, cptsList } from '../../state/cpts.ts';
import type { Region } from '../../state/region.ts';
import { CptsCard } from './cpts-card.tsx';
import { OverlapCard } from './overlap-card.tsx';

export function ControlDetail({ region }: { region: Region }) {
  const chosen = selection.value;
  if (chosen?.kind === 'cpts') {
    const cpts = allCpts.value.find(({ id }) => id === chosen.id);
    if (cpts) return <CptsCard key={cpts.id} region={region} cpts={cpts} />;
    return <Missing what="Cette CPTS" />;
  }
  if (chosen?.kind === 'overlap') {
    const pair = allOverlaps.value.find(({ a, b }) => a.id === chosen.a && b.id === chosen.b);
    if (pair) return <OverlapCard pair={pair} />;
    return <Missing what="Ce chevauchement" />;
  }
  const unit = chosen?.kind === 'unit' ? region.indexOf.get(chosen.code) : undefined;
  if (unit !== undefined) {
    return (
      <article class="card-plain" aria-label={`Commune\u00a0: ${region.name[unit]}`}>
        <CardHead
          kind={`Commune · ${region.code[unit]}`}
          title={region.name[unit]!}
          onClose={() => select(null)}
        />
        <p class="lead figure">{formatInhabitants(region.population[unit]!)}</p>
        <Holders code={region.code[unit]!} />
      </article>
    );
  }
  return (
    <p class="empty">
      Choisissez une CPTS ou un chevauchement, dans la liste ou sur la carte, pour lire ce qu’il
      contient et décider.
    </p>
  );
}

function Holders({ code }: { code: string }) {
  const held = allCpts.value.filter(
    ({ status, units }) => status !== 'closed' && units.includes(code),
  );
  if (held.length === 0) return <p class="quiet">Dans aucune CPTS ouverte.</p>;
  return (
    <>
      <h3>Dans</h3>
      <ul class="items">
        {held.map(({ id, name }) => (
          <li key={id}>
            <button type="button" class="link" onClick={() => select({ kind: 'cpts', id })}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Missing({ what }: { what: string }) {
  if (cptsList.state.value.status !== 'ready') return <p class="waiting">Chargement…</p>;
  return (
    <div class="empty">
      <p>{what} n’existe pas ou plus.</p>
      <button type="button" class="button" onClick={() => select(null)}>
        Revenir à la liste
      </button>
    </div>
  );
}
