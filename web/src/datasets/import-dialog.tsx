import { useEffect, useRef } from 'preact/hooks';
import { Dialog } from '../shell/dialog.tsx';
import { FailureNotice } from '../shell/notice.tsx';
import { dialog } from '../state/panels.ts';
import { ChooseFile, Sending } from './choose-file.tsx';
import { ConfirmColumns } from './confirm-columns.tsx';
import { Ended, Running } from './import-run.tsx';
import { type Stage, stage, trouble } from './import-store.ts';
import { ImportedList } from './imported-list.tsx';

const titles: Record<Stage['name'], string> = {
  choose: '1. Choisir le fichier',
  sending: '1. Envoi du fichier',
  confirm: '2. Confirmer les colonnes',
  running: '3. Import',
  ended: '4. Compte rendu',
};

/** Import of an extract, step by step; closed, it goes on and is found again where it was. */
export function ImportDialog() {
  return (
    <Dialog name="import" title="Importer un extrait de flux" wide>
      {dialog.value === 'import' && <Steps />}
    </Dialog>
  );
}

function Steps() {
  const now = stage.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // A reader of the screen is told each new step; the dialog tells the first one itself.
  useEffect(() => {
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [now.name]);
  return (
    <div class="import">
      <h3 ref={heading} tabIndex={-1}>
        {titles[now.name]}
      </h3>
      {trouble.value && <FailureNotice error={trouble.value} />}
      {now.name === 'choose' && (
        <>
          <ChooseFile />
          <ImportedList />
        </>
      )}
      {now.name === 'sending' && <Sending {...now} />}
      {now.name === 'confirm' && <ConfirmColumns key={now.file.id} file={now.file} />}
      {now.name === 'running' && <Running run={now.run} />}
      {now.name === 'ended' && <Ended run={now.run} upload={now.upload} />}
    </div>
  );
}
