import { counted } from '../../french/numbers.ts';
import { selection } from '../../state/address.ts';
import { announce } from '../../state/announce.ts';
import { canRedo, canUndo, draftUnits, redo, toggleLock, undo } from '../../state/draft.ts';
import { cancelGesture } from '../../state/drawing/gesture.ts';
import {
  brushSize,
  byEpci,
  type Tool,
  takesOut,
  takeTool,
  tool,
} from '../../state/drawing/tools.ts';
import type { Region } from '../../state/region.ts';
import { cutting } from './cut/store.ts';
import { toggleSelected } from './selected.ts';
import { toolNames } from './tool-names.ts';

const toolKeys: Record<string, Tool> = {
  v: 'click',
  b: 'brush',
  g: 'erase',
  r: 'box',
  l: 'lasso',
  f: 'edge',
};

/** Keys of the workspace; true when the key was one of them. */
export function onDrawKey(event: KeyboardEvent, region: Region): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') stepBack(event.shiftKey);
    else if (key === 'y') stepBack(true);
    else return false;
    return true;
  }
  if (key === 'escape') return cancelGesture();
  const next = toolKeys[key];
  if (next && cutting.peek()) {
    // With a tool in hand the clicks of the line would draw.
    announce('Finissez la découpe, ou abandonnez-la avec Échap.');
  } else if (next) {
    takeTool(next);
    const size = next === 'brush' || next === 'erase' ? `, taille ${brushSize.peek() + 1}` : '';
    announce(`${toolNames[tool.peek()].label}${size}.`);
  } else if (key === 'i') {
    byEpci.value = !byEpci.peek();
    announce(byEpci.peek() ? 'Par intercommunalité entière.' : 'Par commune.');
  } else if (key === 'x') {
    takesOut.value = !takesOut.peek();
    announce(takesOut.peek() ? 'Rectangle et lasso retirent.' : 'Rectangle et lasso ajoutent.');
  } else if (key === 'a') toggleSelected(region);
  else if (key === 'k') lockSelected(region);
  else return false;
  return true;
}

/** Undoes or redoes one gesture, and says what is left. */
export function stepBack(forward: boolean): void {
  if (!(forward ? canRedo : canUndo).peek()) {
    announce(forward ? 'Rien à rétablir.' : 'Rien à annuler.');
    return;
  }
  if (forward) redo();
  else undo();
  announce(
    `Geste ${forward ? 'rétabli' : 'annulé'}\u00a0: ${counted(draftUnits.peek().size, 'commune')}.`,
  );
}

function lockSelected(region: Region): void {
  const chosen = selection.peek();
  const unit = chosen?.kind === 'unit' ? region.indexOf.get(chosen.code) : undefined;
  if (unit === undefined) announce('Choisissez d’abord une commune.');
  else announce(`${region.name[unit]} ${toggleLock(unit) ? 'verrouillée' : 'déverrouillée'}.`);
}
