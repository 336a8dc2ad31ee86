import { formatInhabitants } from '../../french/numbers.ts';
import { CardHead } from '../../shell/card-head.tsx';
import { select, selection } from '../../state/address.ts';
import { coverage, selectedZone } from '../../state/control/coverage.ts';
import { cptsOfDay } from '../../state/control/shown.ts';
import { cptsState, dayShown, overlapsState } from '../../state/control/then.ts';
import { departmentLabel } from '../../state/place-names.ts';
import type { Region } from '../../state/region.ts';
import { readyValue } from '../../state/resource.ts';
import { CptsCard } from './cpts-card.tsx';
import { UnitHistoryPart } from './history/unit.tsx';
import { OverlapCard } from './overlap/card.tsx';
import { PastOverlap } from './overlap/past.tsx';
import { ReviewCard } from './review/card.tsx';
import { ZoneCard } from './zone-card.tsx';

export function ControlDetail({ region }: { region: Region }) {
  const chosen = selection.value;
  if (chosen?.kind === 'cpts') {
    const cpts = cptsOfDay.value?.find(({ id }) => id === chosen.id);
    if (cpts && chosen.review && dayShown.value === null) {
      return <ReviewCard key={cpts.id} region={region} cpts={cpts} />;
    }
    if (cpts) return <CptsCard key={cpts.id} region={region} cpts={cpts} />;
    return <Missing what="Cette CPTS" known={cptsState.value.status === 'ready'} />;
  }
  if (chosen?.kind === 'overlap') {
    const pairs = readyValue(overlapsState.value) ?? [];
    const pair = pairs.find(({ a, b }) => a.id === chosen.a && b.id === chosen.b);
    if (pair && dayShown.value !== null) return <PastOverlap pair={pair} day={dayShown.value} />;
    if (pair) return <OverlapCard pair={pair} />;
    return <Missing what="Ce chevauchement" known={overlapsState.value.status === 'ready'} />;
  }
  if (chosen?.kind === 'zone') {
    const zone = selectedZone.value;
    if (zone) return <ZoneCard region={region} zone={zone} />;
    return <Missing what="Cette zone blanche" known={coverage.state.value.status === 'ready'} />;
  }
  const unit = chosen?.kind === 'unit' ? region.indexOf.get(chosen.code) : undefined;
  if (unit !== undefined) return <UnitCard region={region} unit={unit} />;
  return (
    <p class="empty">
      Choisissez une CPTS, un chevauchement ou une zone blanche, dans la liste ou sur la carte, pour
      lire ce qu’il contient et décider. La recherche en haut de la page trouve une commune et dit
      qui la tient.
    </p>
  );
}

function UnitCard({ region, unit }: { region: Region; unit: number }) {
  const code = region.code[unit]!;
  return (
    <article class="card-plain" aria-label={`Commune\u00a0: ${region.name[unit]}`}>
      <CardHead
        kind={`Commune · ${code}`}
        title={region.name[unit]!}
        onClose={() => select(null)}
      />
      <p class="lead figure">
        {formatInhabitants(region.population[unit]!)}{' '}
        <span class="quiet">{departmentLabel(region.department[unit]!)}</span>
      </p>
      <Holders code={code} />
      <UnitHistoryPart code={code} />
    </article>
  );
}

function Holders({ code }: { code: string }) {
  const held = (cptsOfDay.value ?? []).filter(
    ({ status, units }) => status !== 'closed' && units.includes(code),
  );
  if (held.length === 0) {
    const zone = readyValue(coverage.state.value)?.zones.find(({ units }) => units.includes(code));
    return (
      <p class="quiet">
        Dans aucune CPTS ouverte.{' '}
        {zone && (
          <button type="button" class="link" onClick={() => select({ kind: 'zone', code })}>
            Voir la zone blanche
          </button>
        )}
      </p>
    );
  }
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

function Missing({ what, known }: { what: string; known: boolean }) {
  if (!known) return <p class="waiting">Chargement…</p>;
  return (
    <div class="empty">
      <p>{what} n’existe pas ou plus.</p>
      <button type="button" class="button" onClick={() => select(null)}>
        Revenir à la liste
      </button>
    </div>
  );
}
