import { ProgressBar } from './progress.tsx';

interface Props {
  /** what is read, for a screen reader */
  label: string;
  file: string;
  stop: () => void;
}

/** A file that the server reads, and a way to stop it. */
export function ReadingFile({ label, file, stop }: Props) {
  return (
    <>
      <p role="status">Lecture de «&nbsp;{file}&nbsp;»…</p>
      <ProgressBar label={label} value={null} />
      <p>
        <button type="button" class="button" onClick={stop}>
          Annuler
        </button>
      </p>
    </>
  );
}
