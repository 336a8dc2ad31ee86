// @vitest-environment happy-dom
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Address,
  address,
  cptsSteps,
  followHistory,
  formatAddress,
  go,
  homeAddress,
  parseAddress,
  returns,
  type Selection,
  workspaces,
} from '../../web/src/state/address.ts';

const id = fc.integer({ min: 1, max: 999_999_999 });
const code = fc.constantFrom('45234', '01001', '2A004', '97105', '751056201');
const selection: fc.Arbitrary<Selection | null> = fc.oneof(
  fc.constant(null),
  code.map((c) => ({ kind: 'unit' as const, code: c })),
  code.map((c) => ({ kind: 'pole' as const, code: c })),
  fc.integer({ min: 0, max: 999_999_999 }).map((i) => ({ kind: 'territory' as const, id: i })),
  id.map((i) => ({ kind: 'cpts' as const, id: i })),
  id.map((i) => ({ kind: 'cpts' as const, id: i, review: true as const })),
  code.map((c) => ({ kind: 'zone' as const, code: c })),
  fc.tuple(id, id).map(([a, b]) => ({ kind: 'overlap' as const, a, b })),
);
const finite = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((v) => Math.round(v * 1e4) / 1e4 + 0);
const anyAddress: fc.Arbitrary<Address> = fc.record({
  workspace: fc.constantFrom(...workspaces),
  view: fc.constantFrom('poles' as const, 'territories' as const),
  dataset: fc.option(id),
  analysis: fc.option(id),
  specialty: fc.constantFrom('all', 'cardiologie', 'oto-rhino-laryngologie'),
  compared: fc.option(
    fc.record({
      dataset: id,
      run: fc.option(id),
      specialty: fc.constantFrom('all', 'cardiologie'),
    }),
  ),
  run: fc.option(id),
  comparedRun: fc.option(id),
  filter: fc.record({
    steps: fc.subarray(cptsSteps),
    department: fc.option(fc.constantFrom('45', '2A', '971')),
    day: fc.option(fc.constantFrom('2026-11-22', '2024-02-29')),
  }),
  selection,
  camera: fc.option(
    fc.record({ zoom: finite(0, 24), lat: finite(-85, 85), lon: finite(-180, 180) }),
  ),
});

describe('address', () => {
  it('reopens what was written, whatever it was', () => {
    fc.assert(
      fc.property(anyAddress, (written) => {
        expect(parseAddress(formatAddress(written))).toEqual(written);
      }),
    );
  });

  it('never throws on an address cut or edited, and gives one that it can write again', () => {
    fc.assert(
      fc.property(fc.string(), anyAddress, fc.nat(60), (noise, written, cut) => {
        for (const text of [noise, `${formatAddress(written).slice(0, cut)}${noise}`]) {
          const read = parseAddress(text);
          expect(parseAddress(formatAddress(read))).toEqual(read);
        }
      }),
    );
  });

  it('is empty on a first visit', () => {
    expect(formatAddress(homeAddress)).toBe('');
    expect(parseAddress('')).toEqual(homeAddress);
  });

  it('leaves at its default what it can not read', () => {
    const read = parseAddress('?espace=voler&jeu=-3&specialite=DROP%20TABLE&commune=abc&carte=1/2');
    expect(read).toEqual(homeAddress);
  });
});

describe('history', () => {
  beforeEach(() => {
    history.replaceState(null, '', '/');
    followHistory();
  });

  it('keeps a step for a choice and none for a move of the map', () => {
    const steps = history.length;
    go({ camera: { zoom: 8, lat: 47, lon: 2 } }, { replace: true });
    expect(history.length).toBe(steps);
    expect(location.search).toBe('?carte=8/47/2');
    go({ selection: { kind: 'unit', code: '45234' } });
    expect(location.search).toBe('?commune=45234&carte=8/47/2');
  });

  it('reads the address again on back and forward', () => {
    const before = returns.value;
    history.replaceState(null, '', '/?espace=controler&cpts=4');
    dispatchEvent(new PopStateEvent('popstate'));
    expect(address.value.workspace).toBe('control');
    expect(address.value.selection).toEqual({ kind: 'cpts', id: 4 });
    expect(returns.value).toBeGreaterThan(before);
  });
});
