import type { FlowImportReport } from '../../../server/contracts/flow-imports.ts';
import { counted, formatCount } from '../french/numbers.ts';
import { unbroken } from '../french/unbroken.ts';

type Balance = FlowImportReport['rows'];

/** Lines of a list that are shown; the CSV has them all. */
const SHOWN = 100;

const changeLabels: Record<FlowImportReport['changes'][number]['kind'], string> = {
  repaired: 'codes réparés (zéro perdu, minuscules)',
  arrondissement: 'arrondissements comptés à leur commune',
  moved: 'communes fusionnées ou renommées',
  split: 'communes scindées, partagées au prorata',
};

interface Props {
  report: FlowImportReport;
  /** nothing of the file was loaded, for some of its lines, without which it could be, or as a whole */
  refused?: 'lines' | 'whole' | null;
}

/** What is kept of a file, what would be without the rejected lines, what was only read. */
const keptLabels = { none: 'Retenu', lines: 'À retenir', whole: 'Lisible' };

/** What became of an extract: read = kept + outside + rejected, drawn and in figures. */
export function ImportReport({ report, refused = null }: Props) {
  return (
    <div class="import-report">
      <Balances report={report} refused={refused} />
      {report.rejections.length > 0 && <Rejections report={report} />}
      {refused === null && <Crossing report={report} />}
      {refused !== 'whole' && (
        <>
          <Changes report={report} />
          <Specialties report={report} />
        </>
      )}
    </div>
  );
}

function Crossing({ report: { crossing, undated } }: { report: FlowImportReport }) {
  return (
    <>
      <section>
        <h4>Flux avec l’extérieur du territoire</h4>
        <p>
          {counted(crossing.rows, 'ligne')} et {counted(crossing.patients, 'patient')} ont une seule
          extrémité dans le territoire chargé&nbsp;: ces flux comptent, la fuite en dépend.
        </p>
      </section>
      {undated && (
        <p class="notice notice-amber">
          L’année du fichier n’est pas dite&nbsp;: les codes {undated.join(', ')}, dont la commune a
          changé depuis sous le même code, sont pris tels quels.
        </p>
      )}
    </>
  );
}

function Specialties({ report: { specialties } }: { report: FlowImportReport }) {
  const unknown = specialties.filter(({ known }) => !known);
  return (
    <section>
      <h4>{counted(specialties.length, 'spécialité')}</h4>
      {unknown.length > 0 && (
        <p class="notice notice-amber">
          Gardées sous leur propre nom, car inconnues de Maillage&nbsp;:{' '}
          {unknown.map(({ label }) => label).join(', ')}.
        </p>
      )}
      <ul class="import-lines">
        {specialties.map(({ key, label, patients, masked }) => (
          <li key={key}>
            <span>{label}</span>
            <span class="figure">
              {counted(Math.round(patients), 'patient')}
              {masked > 0 &&
                `, ${counted(Math.round(masked), 'cellule masquée', 'cellules masquées')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Balances({ report, refused }: Required<Props>) {
  const parts = [
    ['kept', keptLabels[refused ?? 'none']],
    ['outside', 'Hors du territoire'],
    ['rejected', 'Rejeté'],
  ] as const;
  const rows: [string, Balance][] = [
    ['Lignes', report.rows],
    ['Patients', report.patients],
    ['Cellules masquées', report.masked],
  ];
  return (
    <table class="balance">
      <caption class="visually-hidden">Ce que le fichier est devenu</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">Lu</th>
          {parts.map(([key, label]) => (
            <th key={key} scope="col">
              <span class={`balance-key balance-${key}`} aria-hidden="true" />
              {label}
            </th>
          ))}
        </tr>
      </thead>
      {rows.map(([label, balance]) => (
        <tbody key={label}>
          <tr>
            <th scope="row">{label}</th>
            <td class="numeric">{formatCount(balance.read)}</td>
            {parts.map(([key]) => (
              <td key={key} class="numeric">
                {formatCount(balance[key])}
              </td>
            ))}
          </tr>
          <tr>
            <td colSpan={5}>
              <div class="balance-bar" aria-hidden="true">
                {parts.map(([key]) =>
                  balance[key] > 0 ? (
                    <span
                      key={key}
                      class={`balance-${key}`}
                      style={{ flexGrow: balance[key] / balance.read }}
                    />
                  ) : null,
                )}
              </div>
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}

function Rejections({ report: { rejections, rows } }: { report: FlowImportReport }) {
  const shown = rejections.slice(0, SHOWN);
  return (
    <section>
      <h4>{counted(rows.rejected, 'ligne rejetée', 'lignes rejetées')}</h4>
      <ul class="import-lines rejections">
        {shown.map(({ line, reason }) => (
          <li key={line}>
            <span class="figure">Ligne {formatCount(line)}</span>
            <span>{unbroken(reason)}</span>
          </li>
        ))}
      </ul>
      <More shown={shown.length} all={rows.rejected} />
    </section>
  );
}

function Changes({
  report: { changedRows, changedByKind, changes },
}: {
  report: FlowImportReport;
}) {
  if (changedRows === 0) return null;
  const kinds = Object.entries(changeLabels) as [keyof typeof changeLabels, string][];
  const shown = changes.slice(0, SHOWN);
  return (
    <section>
      <h4>{counted(changedRows, 'ligne modifiée', 'lignes modifiées')}</h4>
      <dl class="figures">
        {kinds.map(([kind, label]) =>
          changedByKind[kind] > 0 ? (
            <div key={kind}>
              <dt>{label}</dt>
              <dd>{formatCount(changedByKind[kind])}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <details>
        <summary>Codes modifiés</summary>
        <ul class="import-lines">
          {shown.map(({ kind, from, to, rows }) => (
            <li key={`${kind} ${from}`}>
              <span class="figure">
                {from} → {unbroken(to)}
              </span>
              <span class="figure">{counted(rows, 'ligne')}</span>
            </li>
          ))}
        </ul>
        <More shown={shown.length} all={changes.length} />
      </details>
    </section>
  );
}

function More({ shown, all }: { shown: number; all: number }) {
  if (all <= shown) return null;
  return (
    <p class="quiet">… et {formatCount(all - shown)} de plus&nbsp;: le CSV en dit davantage.</p>
  );
}
