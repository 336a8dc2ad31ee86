// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Remarks, RemarksButton } from '../../web/src/shell/remarks.tsx';
import { dialog } from '../../web/src/state/panels.ts';
import type { Region } from '../../web/src/state/region.ts';
import { gridRegion } from './small-region.ts';

type Remark = Region['health']['region']['remarks'][number];

let host: HTMLElement;
beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(() => {
  render(null, host);
  host.remove();
  dialog.value = null;
});

async function show(remarks: Remark[], remarksTotal = remarks.length) {
  const region = gridRegion(1, 1);
  const { health } = region;
  const told = { ...health, region: { ...health.region, remarks, remarksTotal } };
  const shown = { ...region, health: told };
  await act(() =>
    render(
      <>
        <RemarksButton region={shown} />
        <Remarks region={shown} />
      </>,
      host,
    ),
  );
}
const button = () => host.querySelector<HTMLButtonElement>('[aria-haspopup=dialog]');
const sheet = () => host.querySelector('dialog')!;
const plain = (text: string | null | undefined) => text?.replace(/\s/g, ' ');

describe('remarks of the loading', () => {
  it('leave the sources to be read when there are none', async () => {
    await show([]);
    expect(button()?.textContent).toBe('Sources');
    await act(() => button()?.click());
    expect(plain(sheet().textContent)).toContain('Carroyage d’essai.');
    expect(plain(sheet().textContent)).toContain('rien à signaler');
  });

  it('are listed with their place, and those that did not come are counted', async () => {
    await show(
      [
        { kind: 'changed', message: 'Le code a repris son zéro.', where: 'ligne 12' },
        { kind: 'rejected', message: 'Cette commune n’a pas de contour.', where: '45234' },
        { kind: 'note', message: 'L’API Géo ne répond pas.' },
      ],
      103,
    );
    expect(plain(button()?.textContent)).toBe('Sources · 103 remarques');
    await act(() => button()?.click());
    expect(sheet().open).toBe(true);
    const items = [...sheet().querySelectorAll('li')].map(({ textContent }) => plain(textContent));
    expect(items).toEqual([
      'Réparé. Le code a repris son zéro.ligne 12',
      'Laissé de côté. Cette commune n’a pas de contour.45234',
      'À savoir. L’API Géo ne répond pas.',
    ]);
    expect(plain(sheet().textContent)).toContain('et 100 autres remarques');
  });

  it('give the focus back when their sheet closes', async () => {
    await show([{ kind: 'note', message: 'Une seule.' }]);
    expect(plain(button()?.textContent)).toBe('Sources · 1 remarque');
    await act(() => button()?.click());
    await act(() => sheet().querySelector<HTMLElement>('[aria-label=Fermer]')?.click());
    expect(sheet().open).toBe(false);
    expect(dialog.value).toBeNull();
    expect(document.activeElement).toBe(button());
  });
});
