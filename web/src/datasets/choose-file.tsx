import { formatShare } from '../french/numbers.ts';
import { DropZone } from '../shell/drop-zone.tsx';
import { ProgressBar } from '../shell/progress.tsx';
import { send } from './import-store.ts';

/** A file chosen or dropped. */
export function ChooseFile() {
  return (
    <>
      <p>
        Un extrait compte les patients par commune de résidence, commune de soins et spécialité,
        pour une année&nbsp;: une ligne par flux, ou une colonne par spécialité.
      </p>
      <DropZone take={(file) => void send(file)}>
        CSV ou texte (virgule, point-virgule, tabulation ou barre), UTF-8 ou Latin-1, compressé en
        gzip ou non. Les cellules masquées (vides, NS, s, &lt;11) restent distinctes de zéro.
      </DropZone>
      <p class="quiet">
        Le fichier reste sur le serveur le temps de son import, deux heures au plus.
      </p>
    </>
  );
}

interface SendingProps {
  file: string;
  share: number;
  stop(): void;
}

export function Sending({ file, share, stop }: SendingProps) {
  // Sent whole, the file is looked at: nothing tells how far that is.
  const sent = share >= 1;
  return (
    <div class="fields">
      <p role="status">
        {sent ? 'Lecture des premières lignes de' : 'Envoi de'} «&nbsp;{file}&nbsp;»
        {sent ? '…' : ` — ${formatShare(share)}`}
      </p>
      <ProgressBar label="Envoi du fichier" value={sent ? null : share} />
      <p>
        <button type="button" class="button" onClick={stop}>
          Annuler
        </button>
      </p>
    </div>
  );
}
