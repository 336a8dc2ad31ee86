import type { FileTerritory } from '../../../../../server/contracts/territory-files.ts';
import { counted, formatInhabitants } from '../../../french/numbers.ts';
import { DropZone } from '../../../shell/drop-zone.tsx';
import { FailureNotice } from '../../../shell/notice.tsx';
import { ReadingFile } from '../../../shell/reading-file.tsx';
import { go } from '../../../state/address.ts';
import { populationOf, type Region } from '../../../state/region.ts';
import { FollowedCommunes } from '../followed-communes.tsx';
import { TakenByName } from '../taken-by-name.tsx';
import {
  chooseTerritory,
  type FileReading,
  forgetFile,
  makeAll,
  makingAll,
  makingFailure,
  readFile,
  reading,
  unitsOfTerritory,
} from './file-reading.ts';
import { candidate, preview, sharesIn, threshold } from './preview.ts';

/** A territory from a file: chosen or dropped, read by the server, previewed before it is drawn. */
export function ImportFile({ region }: { region: Region }) {
  const now = reading.value;
  return (
    <details class="card">
      <summary>Importer un contour ou une liste…</summary>
      <div class="fields">
        {now.state !== 'read' && now.state !== 'reading' && <ChooseFile region={region} />}
        {now.state === 'reading' && (
          <ReadingFile label="Lecture du fichier" file={now.name} stop={now.stop} />
        )}
        {now.state === 'failed' && <FailureNotice error={now.error} />}
        {now.state === 'read' && <ReadTerritories region={region} read={now} />}
      </div>
    </details>
  );
}

function ChooseFile({ region }: { region: Region }) {
  return (
    <DropZone
      compact
      take={(file) => void readFile(region, file)}
      label="Fichier de contours ou liste de communes"
      accept=".geojson,.json,.topojson,.zip,.csv,.txt"
    >
      GeoJSON, TopoJSON, Shapefile dans un zip (WGS 84, Lambert-93…) ou CSV de communes, 20&nbsp;Mo
      au plus.
    </DropZone>
  );
}

interface ReadProps {
  region: Region;
  read: Extract<FileReading, { state: 'read' }>;
}

function ReadTerritories({ region, read }: ReadProps) {
  const { file, answer, chosen } = read;
  const { territories, remarks, kind } = answer;
  const listed = kind !== 'csv' && territories.every(({ by }) => by === 'list');
  const shown = chosen === null ? null : territories[chosen]!;
  return (
    <>
      <p>
        <strong>{file.name}</strong>&nbsp;: {counted(territories.length, 'territoire')}, {how(read)}
        .
      </p>
      {remarks.map((remark) => (
        <p class="notice notice-amber" key={remark}>
          {remark}
        </p>
      ))}
      {territories.length > 1 && (
        <>
          <p class="quiet" id="file-territories">
            Choisissez le territoire à regarder&nbsp;:
          </p>
          <ul class="items file-territories" aria-labelledby="file-territories">
            {territories.map((territory, index) => (
              <li key={`${index} ${territory.name}`}>
                <TerritoryItem
                  {...{ region, territory }}
                  pressed={chosen === index}
                  choose={() => chooseTerritory(region, index)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      {shown && <NotPlaced region={region} territory={shown} file={file.name} />}
      <p class="button-row">
        {listed && (
          <button type="button" class="button" onClick={() => void readFile(region, file, 'area')}>
            Lire plutôt les contours
          </button>
        )}
        {territories.length > 1 && <MakeAll count={territories.length} />}
        <button type="button" class="button" onClick={forgetFile}>
          Autre fichier
        </button>
      </p>
      {makingFailure.value && <FailureNotice error={makingFailure.value} />}
    </>
  );
}

function how({ answer }: ReadProps['read']): string {
  const [first] = answer.territories;
  return first?.by === 'list'
    ? 'communes lues par leur code ou leur nom'
    : 'communes trouvées par la surface';
}

interface ItemProps {
  region: Region;
  territory: FileTerritory;
  pressed: boolean;
  choose(): void;
}

function TerritoryItem({ region, territory, pressed, choose }: ItemProps) {
  const units = unitsOfTerritory(region, territory, threshold.value);
  return (
    <button type="button" class="item" aria-pressed={pressed} onClick={choose}>
      <span class="item-title">{territory.name}</span>
      <span class="item-line figure">
        <span>{counted(units.size, 'commune')}</span>
        <span>{formatInhabitants(populationOf(region, units))}</span>
        {territory.unmatched.length > 0 && (
          <span class="amber">
            ⚠ {counted(territory.unmatched.length, 'sans commune', 'sans commune')}
          </span>
        )}
      </span>
    </button>
  );
}

function MakeAll({ count }: { count: number }) {
  const make = async () => {
    if ((await makeAll(threshold.peek())) !== null) go({ workspace: 'control', selection: null });
  };
  return (
    <button type="button" class="button" disabled={makingAll.value} onClick={() => void make()}>
      {makingAll.value ? 'Création…' : `Créer une CPTS de chacun (${count})`}
    </button>
  );
}

/** What the file names and the region has not, or has several times. */
function NotPlaced({
  region,
  territory,
  file,
}: {
  region: Region;
  territory: FileTerritory;
  file: string;
}) {
  const { unmatched, ambiguous, byName, followed } = territory;
  const source = `«\u00a0${territory.name}\u00a0» de ${file}`;
  const now = candidate.value;
  const isIn = (code: string) =>
    now?.source === source && now.shares.has(region.indexOf.get(code) ?? -1);
  const toggle = (code: string) => {
    // What was chosen for another line stays.
    const kept = now?.source === source ? now.shares : sharesIn(region, territory.units);
    const shares = new Map(kept);
    const unit = region.indexOf.get(code)!;
    if (!shares.delete(unit)) shares.set(unit, 1);
    preview(region, { source, shares, byArea: false, outline: null });
  };
  return (
    <>
      <TakenByName
        region={region}
        taken={byName.map(({ text, code }) => ({ text, unit: region.indexOf.get(code)! }))}
      />
      <FollowedCommunes region={region} followed={followed} />
      {unmatched.length > 0 && (
        <div class="notice notice-amber">
          <p>
            {counted(unmatched.length, 'ligne sans commune', 'lignes sans commune')} dans la
            région&nbsp;:
          </p>
          <ul>
            {unmatched.slice(0, 50).map((text, index) => (
              <li key={`${index} ${text}`}>{text}</li>
            ))}
          </ul>
          {unmatched.length > 50 && <p>… et {counted(unmatched.length - 50, 'autre')}.</p>}
        </div>
      )}
      {ambiguous.map(({ text, codes }) => (
        <div class="notice notice-amber" key={text}>
          <p>
            «&nbsp;{text}&nbsp;» peut être plusieurs communes&nbsp;: choisissez celles qu’il faut
            prendre.
          </p>
          <p class="button-row">
            {codes.map((code) => (
              <button
                key={code}
                type="button"
                class="button small"
                aria-pressed={isIn(code)}
                onClick={() => toggle(code)}
              >
                {isIn(code) && '✓ '}
                {code} {region.name[region.indexOf.get(code) ?? -1]}
              </button>
            ))}
          </p>
        </div>
      ))}
    </>
  );
}
