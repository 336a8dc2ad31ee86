interface Props {
  kind: string;
  title: string;
  onClose(): void;
}

/** Head of what is pointed at, with the way to point at nothing. */
export function CardHead({ kind, title, onClose }: Props) {
  return (
    <header class="card-head">
      <div>
        <p class="quiet">{kind}</p>
        {/* Takes the focus when what had it goes. */}
        <h2 tabIndex={-1}>{title}</h2>
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label="Ne plus sélectionner"
        title="Ne plus sélectionner (Échap)"
        onClick={onClose}
      >
        ✕
      </button>
    </header>
  );
}
