import { useState } from 'preact/hooks';
import type { ExportFormat } from '../../../../../server/contracts/territory-files.ts';
import type { ApiFailure } from '../../../api/client.ts';
import type { ExportedFile } from '../../../api/territory-files.ts';
import { FailureNotice } from '../../../shell/notice.tsx';
import { announce } from '../../../state/announce.ts';
import { asFailure } from '../../../state/resource.ts';
import { download } from '../../../table/csv.ts';

const formats: { format: ExportFormat; label: string; title: string }[] = [
  { format: 'geojson', label: 'GeoJSON', title: 'Contour, pour QGIS et les sites de cartes' },
  { format: 'shapefile', label: 'Shapefile', title: 'Contour, pour les logiciels de cartographie' },
  { format: 'topojson', label: 'TopoJSON', title: 'Contour léger, pour le web' },
  { format: 'csv', label: 'CSV', title: 'Liste des communes, pour un tableur' },
  { format: 'xlsx', label: 'Excel', title: 'Liste des communes, classeur .xlsx' },
];

interface Props {
  summary: string;
  /** asks the server for the file */
  load(format: ExportFormat): Promise<ExportedFile>;
}

/** A territory in a file, in the format one chooses. */
export function ExportMenu({ summary, load }: Props) {
  const [busy, setBusy] = useState<ExportFormat | null>(null);
  const [error, setError] = useState<ApiFailure | null>(null);
  async function save(format: ExportFormat) {
    setBusy(format);
    setError(null);
    try {
      const { name, content } = await load(format);
      download(name, content);
      announce(`Fichier ${name} enregistré.`);
    } catch (cause) {
      setError(asFailure(cause));
    } finally {
      setBusy(null);
    }
  }
  return (
    <details class="card">
      <summary>{summary}</summary>
      <div class="button-row">
        {formats.map(({ format, label, title }) => (
          <button
            key={format}
            type="button"
            class="button"
            title={title}
            disabled={busy !== null}
            aria-busy={busy === format}
            onClick={() => void save(format)}
          >
            {busy === format ? `${label}…` : label}
          </button>
        ))}
      </div>
      {error && <FailureNotice error={error} />}
    </details>
  );
}
