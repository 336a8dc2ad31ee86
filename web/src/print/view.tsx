import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { unbroken } from '../french/unbroken.ts';
import { ScrollArea } from '../shell/scroll-area.tsx';
import { workspace } from '../state/address.ts';
import { dialog } from '../state/panels.ts';
import type { Region } from '../state/region.ts';
import { download } from '../table/csv.ts';
import { workspaceOf } from '../workspaces/registry.ts';
import { cssPxPerInch, mmPerInch, type Orientation, orientations, sheetMm } from './paper.ts';
import { saveablePicture } from './picture.ts';
import { type Printed, Sheet } from './sheet.tsx';

const orientationLabels: Record<Orientation, string> = {
  landscape: 'Paysage',
  portrait: 'Portrait',
};

/** The page as paper: what the map shows on an A4 sheet, to print or to keep as a picture. */
export function PrintView({ region }: { region: Region }) {
  // What loads behind the sheet must not change the paper.
  const [content] = useState(() => onScreen(region));
  const [title, setTitle] = useState(content?.title ?? '');
  const [orientation, setOrientation] = useState<Orientation>('landscape');
  const [north, setNorth] = useState(true);
  const [ready, setReady] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const stage = useRef<HTMLElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useFocusWithin(first);
  useEffect(() => {
    // On the window: printing may take the focus away from the sheet.
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') closePrint();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  useFit(stage, orientation);

  async function save() {
    setTrouble(null);
    try {
      const sheet = stage.current!.querySelector<HTMLElement>('.sheet')!;
      download(`${fileName(title)}.png`, await saveablePicture(sheet));
    } catch (cause) {
      console.error(cause);
      setTrouble('Le navigateur n’a pas pu faire l’image : imprimez plutôt dans un fichier PDF.');
    }
  }

  if (!content) return null;
  return (
    <section class="print-view" aria-label="Impression">
      <style>{`@page { size: A4 ${orientation}; margin: 0 }`}</style>
      <div class="print-tools">
        <label class="field">
          <span>Titre</span>
          <input
            class="input"
            ref={first}
            value={title}
            maxLength={120}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <fieldset class="segmented" aria-label="Orientation de la feuille">
          {orientations.map((key) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === orientation}
              onClick={() => setOrientation(key)}
            >
              {orientationLabels[key]}
            </button>
          ))}
        </fieldset>
        <label class="check">
          <input
            type="checkbox"
            checked={north}
            onChange={(event) => setNorth(event.currentTarget.checked)}
          />
          Nord
        </label>
        <span class="spacer" />
        <button type="button" class="button primary" disabled={!ready} onClick={() => print()}>
          Imprimer
        </button>
        <button type="button" class="button" disabled={!ready} onClick={() => void save()}>
          Enregistrer l’image (PNG)
        </button>
        <button type="button" class="button" onClick={closePrint}>
          Fermer
        </button>
        <p class="visually-hidden" role="status">
          {ready ? 'La carte est prête à imprimer.' : 'Dessin de la carte…'}
        </p>
      </div>
      {trouble && (
        <p class="notice notice-error" role="alert">
          {unbroken(trouble)}
        </p>
      )}
      <ScrollArea class="print-stage" area={stage} label="Aperçu">
        <div class={`sheet-place ${orientation}`}>
          <Sheet {...{ region, content, title, orientation, north }} onReady={setReady} />
        </div>
      </ScrollArea>
    </section>
  );
}

function onScreen(region: Region): Printed | null {
  const shown = workspaceOf(workspace.peek());
  const [content, scene, second] = [
    shown.sheet?.(region),
    shown.scene(region),
    shown.second?.(region),
  ];
  if (!content || !scene) return null;
  const { title: legendTitle, entries } = shown.legend(region);
  // Arrows that the legend does not tell, as those of the commune under the pointer, stay off paper.
  const told = entries.some(({ sign }) => sign === 'arrow');
  const drawn = told ? scene : { ...scene, arrows: [] };
  return {
    ...content,
    maps: second?.scene
      ? [
          { caption: second.titles[0], scene: drawn },
          { caption: second.titles[1], scene: second.scene },
        ]
      : [{ caption: null, scene: drawn }],
    legendTitle,
    // The colours are named one by one.
    signs: entries.filter(({ sign }) => sign !== 'area'),
  };
}

function closePrint(): void {
  if (dialog.peek() === 'print') dialog.value = null;
}

/** Takes the focus, and gives it back to what had it. */
function useFocusWithin(first: { current: HTMLElement | null }) {
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    first.current?.focus();
    return () => requestAnimationFrame(() => before?.focus());
  }, []);
}

/** The sheet has its size on paper: the preview shows it whole, smaller where the window is. */
function useFit(stage: { current: HTMLElement | null }, orientation: Orientation) {
  useEffect(() => {
    const element = stage.current!;
    const px = cssPxPerInch / mmPerInch;
    const [width, height] = [sheetMm[orientation].width * px, sheetMm[orientation].height * px];
    const refit = () => {
      const across = (element.clientWidth - 24) / width;
      const down = (element.clientHeight - 24) / height;
      element.style.setProperty('--fit', String(Math.min(1, across, down)));
    };
    refit();
    const observer = new ResizeObserver(refit);
    observer.observe(element);
    return () => observer.disconnect();
  }, [orientation]);
}

/** « Pôles d’attraction — Centre » as a name every file system takes. */
function fileName(title: string): string {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'carte'
  );
}
