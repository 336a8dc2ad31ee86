// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it } from 'vitest';
import { CommuneSearch } from '../../web/src/shell/search.tsx';
import { go, select } from '../../web/src/state/address.ts';
import { clearDraft, draftUnits } from '../../web/src/state/draft.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(4, 4);
const field = () => document.querySelector('input')!;
const press = (key: string) =>
  act(() => void field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
const type = (text: string) =>
  act(() => {
    field().value = text;
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });

afterEach(() => {
  render(null, document.body);
  clearDraft();
  select(null);
});

it('finds a commune, then draws it and takes it out, without leaving the field', async () => {
  go({ workspace: 'draw' });
  await act(() => render(<CommuneSearch region={region} />, document.body));
  await type('orleans');
  await press('Enter');
  expect([field().value, ...draftUnits.value]).toEqual(['Orléans']);
  await press('Enter');
  expect([...draftUnits.value]).toEqual([1]);
  await press('Enter');
  expect([...draftUnits.value]).toEqual([]);
});

it('adds nothing where nothing is drawn, and gives the keys back', async () => {
  go({ workspace: 'analyse' });
  await act(() => render(<CommuneSearch region={region} />, document.body));
  await type('orleans');
  await press('Enter');
  await press('Enter');
  expect([...draftUnits.value]).toEqual([]);
  field().focus();
  await press('Escape');
  expect(document.activeElement).toBe(field());
  await press('Escape');
  expect(document.activeElement).not.toBe(field());
});
