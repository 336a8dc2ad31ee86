import type { ProposalComparison } from '../../../../../server/contracts/proposal-comparisons.ts';
import type { ProposalIndicators } from '../../../../../server/contracts/proposals.ts';
import { careKindLabels } from '../../../../../server/core/flows/care-kinds.ts';
import {
  counted,
  formatCount,
  formatFixed,
  formatInhabitants,
  formatShare,
} from '../../../french/numbers.ts';
import { Loaded } from '../../../shell/notice.tsx';
import { selection } from '../../../state/address.ts';
import { showDetail } from '../../../state/panels.ts';
import {
  comparableRuns,
  comparedRun,
  compareRuns,
  loadRunComparison,
  runComparison,
} from '../../../state/run-comparison.ts';
import { DataTable } from '../../../table/data-table.tsx';
import { selectChange } from '../compare/table.ts';
import { describeRun } from '../describe-run.ts';
import { Counterparts } from './counterparts.tsx';
import { sideColumns } from './table.ts';

/** Chooses a run to set the one shown against. */
export function RunComparisonChoice() {
  const others = comparableRuns.value;
  if (others.length === 0) return null;
  return (
    <label class="field">
      <span>Comparer avec</span>
      <select
        class="input"
        value={String(comparedRun.value ?? '')}
        onChange={(event) => compareRuns(Number(event.currentTarget.value) || null)}
      >
        <option value="">aucune autre proposition</option>
        {others.map((run) => (
          <option key={run.id} value={run.id}>
            {describeRun(run)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Two runs, figure by figure, and the communes that change side. */
export function RunComparison() {
  return (
    <Loaded state={runComparison.state.value} what="Comparaison" retry={loadRunComparison}>
      {(changes) => <Changes changes={changes} />}
    </Loaded>
  );
}

const share = (value: number | null | undefined) => (value == null ? '—' : formatShare(value));

type Figure = { label: string; show(of: ProposalIndicators): string };

const upToCare: Figure[] = [
  { label: 'Territoires', show: ({ territories }) => formatCount(territories) },
  { label: 'Dans la fourchette', show: ({ inBand }) => formatCount(inBand) },
  { label: 'Population dans la fourchette', show: ({ inBandShare }) => share(inBandShare) },
  { label: 'Flux gardés à l’intérieur', show: ({ inside }) => share(inside) },
];

const afterCare: Figure[] = [
  {
    label: 'Compacité',
    show: ({ compactness }) => (compactness === undefined ? '—' : formatFixed(compactness, 3)),
  },
  { label: 'Intercommunalités entières', show: ({ epciWhole }) => share(epciWhole) },
];

const commonCommunes = (count: number) =>
  count === 1 ? 'la seule commune commune' : `les ${counted(count, 'commune')} communes`;

function Changes({ changes }: { changes: ProposalComparison }) {
  const { indicators, otherIndicators, care, wished, communes, common } = changes;
  if (common.communes === 0) {
    return (
      <p class="notice">
        Ces deux propositions n’ont aucune commune en commun&nbsp;: il n’y a rien à comparer.
        Choisissez-en une dont le périmètre recoupe celui de la nᵒ&nbsp;{changes.run}.
      </p>
    );
  }
  const row = ({ label, show }: Figure) => (
    <tr key={label}>
      <th scope="row">{label}</th>
      <td>{show(indicators)}</td>
      <td>{show(otherIndicators)}</td>
    </tr>
  );
  return (
    <section class="list-section" aria-label="Comparaison des deux propositions">
      {!common.whole && (
        <p class="quiet">
          Comparées sur {commonCommunes(common.communes)} aux deux périmètres&nbsp;: leurs
          habitants, leurs flux, et les territoires qui les contiennent.
        </p>
      )}
      <table class="side-by-side">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Chiffre</span>
            </th>
            <th scope="col">nᵒ {changes.run}</th>
            <th scope="col">nᵒ {changes.with}</th>
          </tr>
        </thead>
        <tbody>
          {upToCare.map(row)}
          {care.map(({ kind, run, with: other }) => (
            <tr key={kind} class="part">
              <th scope="row">{careKindLabels[kind]}</th>
              <td>{share(run)}</td>
              <td>{share(other)}</td>
            </tr>
          ))}
          {afterCare.map(row)}
          {wished.poles && (
            <tr>
              <th scope="row">Pôles séparés</th>
              <td>{share(wished.poles.run)}</td>
              <td>{share(wished.poles.with)}</td>
            </tr>
          )}
          {wished.target && (
            <tr>
              <th scope="row">Écart moyen à {formatInhabitants(wished.target.inhabitants)}</th>
              <td>{share(wished.target.run)}</td>
              <td>{share(wished.target.with)}</td>
            </tr>
          )}
        </tbody>
      </table>
      {care.length > 0 && (
        <p class="quiet">
          Par type de soins, chaque patient compte une fois, quels que soient les poids demandés.
        </p>
      )}
      <h2>{counted(communes.length, 'commune change', 'communes changent')} de côté</h2>
      <p class="quiet">{formatInhabitants(changes.population)} concernés.</p>
      <Counterparts changes={changes} />
      <DataTable
        label="Communes qui changent de côté"
        rows={communes}
        columns={sideColumns(true)}
        keyOf={({ code }) => code}
        selected={selection.value?.kind === 'unit' ? selection.value.code : null}
        onSelect={(change) => {
          selectChange(change);
          showDetail('left');
        }}
        tall
        initialSort={{ key: 'population', descending: true }}
        empty="Aucune commune ne change de côté d’une proposition à l’autre."
      />
    </section>
  );
}
