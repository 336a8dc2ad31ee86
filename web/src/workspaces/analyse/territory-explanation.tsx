import type { TerritoryExplanation } from '../../../../server/contracts/proposal-explanations.ts';
import { bindingLabels } from '../../french/labels.ts';
import { counted, formatFixed, formatShare } from '../../french/numbers.ts';
import { Loaded } from '../../shell/notice.tsx';
import { explanation, loadExplanation } from '../../state/explanations.ts';
import type { TerritoryMap } from '../../state/proposals.ts';
import { selectPole } from '../tables/poles.ts';
import { selectTerritory } from '../tables/territories.ts';
import { AskedLongAgo } from './best-possible.tsx';
import { CountedAsAsked, KeptCareRows } from './kept-care.tsx';

/** Why a territory is what it is. */
export function Explained({ map, id }: { map: TerritoryMap; id: number }) {
  return (
    <Loaded
      state={explanation.state.value}
      what="Explication du territoire"
      retry={loadExplanation}
    >
      {({ run, asAsked, territories }) => {
        const told = territories.find((territory) => territory.id === id);
        if (!told || run !== map.proposal.id) return null;
        return (
          <>
            {!asAsked && <AskedLongAgo what="cette explication" />}
            <Figures map={map} told={told} />
          </>
        );
      }}
    </Loaded>
  );
}

const share = (value: number | null) => (value === null ? '—' : formatShare(value));

function Figures({ map, told }: { map: TerritoryMap; told: TerritoryExplanation }) {
  return (
    <>
      <dl class="figures">
        <div class="annotated">
          <dt>Soins reçus à l’intérieur (LI)</dt>
          <dd>{share(told.li)}</dd>
          <CountedAsAsked asked={map.proposal.parameters} />
        </div>
        <KeptCareRows care={told.care} />
        <div class="annotated">
          <dt>Patients venus de l’intérieur (MSI)</dt>
          <dd>{share(told.msi)}</dd>
        </div>
        <div>
          <dt>Compacité (1 pour un disque)</dt>
          <dd>{told.compactness === null ? '—' : formatFixed(told.compactness, 2)}</dd>
        </div>
      </dl>
      <Leaks map={map} leaks={told.leaks} />
      <Poles poles={told.poles} />
      <CutEpci cut={told.epciCut} />
      <h3>Ce qui l’empêche de garder plus de soins</h3>
      {told.binding.length === 0 ? (
        <p class="quiet">Rien&nbsp;: aucune commune ne gagnerait à le rejoindre ou à le quitter.</p>
      ) : (
        <ul class="plain-list">
          {told.binding.map((constraint) => (
            <li key={constraint}>{bindingLabels[constraint]}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Leaks({ map, leaks }: { map: TerritoryMap; leaks: TerritoryExplanation['leaks'] }) {
  if (leaks.length === 0) return <p class="quiet">Aucun patient ne se soigne ailleurs.</p>;
  return (
    <>
      <h3>Où partent ses patients</h3>
      <ul class="unit-list">
        {leaks.map(({ territory, share: part }) => {
          const target = map.proposal.territories.find(({ id }) => id === territory);
          return (
            <li key={String(territory)}>
              {target ? (
                <button type="button" class="link" onClick={() => selectTerritory(target)}>
                  {target.name}
                </button>
              ) : (
                <span>hors des territoires proposés</span>
              )}
              <span class="figure">{formatShare(part)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Poles({ poles }: { poles: TerritoryExplanation['poles'] }) {
  return (
    <>
      <h3>
        {poles.length === 0
          ? 'Aucun pôle d’attraction'
          : counted(poles.length, 'pôle d’attraction', 'pôles d’attraction')}{' '}
        à l’intérieur
      </h3>
      {poles.length > 0 && (
        <p class="inline-links">
          {poles.map(({ code, name }) => (
            <button key={code} type="button" class="link" onClick={() => selectPole(code)}>
              {name}
            </button>
          ))}
        </p>
      )}
    </>
  );
}

function CutEpci({ cut }: { cut: TerritoryExplanation['epciCut'] }) {
  if (cut.length === 0) return <p class="quiet">✓ Il ne coupe aucune intercommunalité.</p>;
  return (
    <>
      <h3>{counted(cut.length, 'intercommunalité coupée', 'intercommunalités coupées')}</h3>
      <ul class="unit-list">
        {cut.map(({ code, name, share: part }) => (
          <li key={code}>
            <span>{name}</span>
            <span class="figure">{formatShare(part)} ici</span>
          </li>
        ))}
      </ul>
    </>
  );
}
