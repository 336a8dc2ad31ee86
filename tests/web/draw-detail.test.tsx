// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import { boot } from '../../web/src/state/boot.ts';
import { addUnits, clearDraft, draftUnits, toggleLock, undo } from '../../web/src/state/draft.ts';
import { goal } from '../../web/src/state/drawing/figures.ts';
import { AciSizes } from '../../web/src/workspaces/draw/aci.tsx';
import { DrawDetail } from '../../web/src/workspaces/draw/detail.tsx';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);
const host = document.createElement('div');
const text = () => host.textContent?.replace(/\s/g, ' ') ?? '';
afterEach(() => {
  render(null, host);
  clearDraft();
  goal.value = 'band';
});

it.each([
  [86_150, ['Taille 3', '75 000 €', '315 000 €', '370 000 €']],
  [50_000, ['Taille 2', '60 000 €', 'non publié', '287 000 €']],
])('says what %i inhabitants are paid, and what is not published', async (population, said) => {
  await act(() => render(<AciSizes population={population} />, host));
  for (const words of said) expect(text()).toContain(words);
});

it('says pieces and holes, and advises what joins them, undone as a gesture', async () => {
  boot.value = { phase: 'ready', region };
  // 0 1 2 / 3 4 5 / 6 7 8: the first and last columns.
  addUnits([0, 3, 6, 2, 5, 8]);
  goal.value = 'contiguity';
  await act(() => render(<DrawDetail region={region} />, host));
  expect(text()).toContain('⚠ 2 morceaux');
  const advised = [...host.querySelectorAll<HTMLButtonElement>('.advice li button')];
  // The middle one would part what is left in two; the least populated of the others first.
  const names = advised.map((button) => button.textContent);
  expect(names).toEqual([`+ ${region.name[1]}`, `+ ${region.name[7]}`]);
  await act(() => advised[0]!.click());
  expect(draftUnits.value.has(1)).toBe(true);
  expect(text()).toContain('✓ oui');
  await act(() => undo());
  expect(text()).toContain('⚠ 2 morceaux');
});

it('fills a hole where it is read, unless it is locked', async () => {
  boot.value = { phase: 'ready', region };
  addUnits([0, 1, 2, 3, 5, 6, 7, 8]);
  await act(() => render(<DrawDetail region={region} />, host));
  const fill = () => host.querySelector<HTMLButtonElement>('[aria-label="Combler le trou 1"]');
  await act(() => void toggleLock(4));
  expect(fill()).toBeNull();
  expect(text()).toContain('verrouillé');
  await act(() => void toggleLock(4));
  await act(() => fill()!.click());
  expect(draftUnits.value.has(4)).toBe(true);
  expect(text()).toContain('Trous✓ aucun');
  await act(() => undo());
  expect(text()).toContain('Trou 1');
});
