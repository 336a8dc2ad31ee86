import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  officialCodes,
  officialCommunes,
} from '../../../../server/imports/cpts-list/official-communes.ts';
import { type Asked, placeBook } from '../../../../server/imports/cpts-list/place-book.ts';
import type { Passages } from '../../../../server/imports/passages.ts';

const official = officialCommunes();
const current = official.filter(({ partOf }) => partOf === null);
/** Two departments of today, as a region would load them. */
const loaded = current.filter(({ department }) => department === '45' || department === '72');
const passages: Passages = { forward: new Map(), backward: new Map() };
const find = placeBook(loaded, official, passages);
const ask = (asked: Partial<Asked>) =>
  find({ code: null, name: null, department: null, postalCode: null, ...asked });

const articles = /^(L['’]|Les? |La )/;

/** A name as people type it: without accents, in capitals, with spaces, « St », the article after. */
const writings: ((name: string) => string)[] = [
  (name) => name.normalize('NFD').replace(/\p{M}/gu, ''),
  (name) => name.toUpperCase(),
  (name) => name.replaceAll('-', ' '),
  (name) => name.replace(/\bSaint\b/g, 'St').replace(/\bSainte\b/g, 'Ste'),
  (name) => name.replace(/\bSaint\b/g, 'ST.').replace(/['’]/g, ' '),
  (name) => {
    const article = articles.exec(name)?.[0];
    return article ? `${name.slice(article.length)} (${article.trim()})` : name;
  },
  (name) => name.replace(/-sur-/g, ' s/'),
  (name) => `  ${name.replaceAll(/[-' ]/g, '  ')} `,
];

const typed = fc
  .tuple(fc.constantFrom(...loaded), fc.array(fc.constantFrom(...writings), { maxLength: 4 }))
  .map(([place, how]) => ({ place, name: how.reduce((name, write) => write(name), place.name) }));

describe('what a row of a list means', () => {
  test('a name in its department is its commune, however it is written', () => {
    const names = new Map<string, number>();
    const bare = (name: string) => name.replace(articles, '').toLowerCase();
    for (const { name, department } of loaded) {
      const key = `${department} ${bare(name)}`;
      names.set(key, (names.get(key) ?? 0) + 1);
    }
    fc.assert(
      fc.property(typed, ({ place, name }) => {
        fc.pre(names.get(`${place.department} ${bare(place.name)}`) === 1);
        expect([name, ask({ name, department: place.department })]).toEqual([
          name,
          { kind: 'place', code: place.code, passed: false },
        ]);
      }),
      { seed: 6, numRuns: 3000 },
    );
  });

  test('a name that two departments bear is never matched without one', () => {
    const departments = new Map<string, Set<string>>();
    for (const { name, department } of current) {
      departments.set(name, (departments.get(name) ?? new Set()).add(department));
    }
    const shared = loaded.filter(({ name }) => departments.get(name)!.size > 1);
    expect(shared.length).toBeGreaterThan(50);
    for (const { name, code } of shared) {
      const found = ask({ name });
      expect([name, found.kind]).toEqual([name, 'doubt']);
      if (found.kind === 'doubt') expect(found.candidates).toContain(code);
    }
  });

  test('a code is its commune, unless the name beside it is of another one', () => {
    for (const { code, name } of loaded) {
      expect(ask({ code })).toEqual({ kind: 'place', code, passed: false });
      expect(ask({ code, name })).toEqual({ kind: 'place', code, passed: false });
    }
    expect(ask({ code: '45234', name: 'Olivet', department: '45' })).toEqual({
      kind: 'doubt',
      why: 'code_and_name',
      candidates: ['45234', '45232'],
    });
    // The post's code, beside a name that it serves.
    expect(ask({ code: '45160', name: 'Olivet' })).toMatchObject({ kind: 'place', code: '45232' });
    expect(ask({ code: '45234', name: 'Orléans centre' })).toMatchObject({ code: '45234' });
  });

  test('communes that were merged are followed, by code and by name', () => {
    const merged = official.filter(
      (one) =>
        one.partOf !== null &&
        !one.arrondissement &&
        one.department === '72' &&
        current.every(({ name, department }) => name !== one.name || department !== '72'),
    );
    expect(merged.length).toBeGreaterThan(5);
    for (const { code, name, partOf } of merged) {
      expect(ask({ code })).toMatchObject({ kind: 'place', code: partOf });
      const found = ask({ name, department: '72' });
      if (found.kind === 'place') expect(found.code).toBe(partOf);
      else expect(found).toMatchObject({ why: 'homonym' });
    }
    const tables: Passages = {
      forward: new Map([
        ['45999', [{ before: '45999', after: '45234', year: 2015, ratio: 1 }]],
        [
          '45998',
          [
            { before: '45998', after: '45234', year: 2015, ratio: 0.6 },
            { before: '45998', after: '45232', year: 2015, ratio: 0.4 },
          ],
        ],
      ]),
      backward: new Map(),
    };
    const follow = placeBook(loaded, official, tables);
    const nothing = { name: null, department: null, postalCode: null };
    expect(follow({ code: '45999', ...nothing })).toEqual({
      kind: 'place',
      code: '45234',
      passed: true,
    });
    expect(follow({ code: '45998', ...nothing })).toMatchObject({
      kind: 'doubt',
      why: 'split_commune',
      candidates: ['45234', '45232'],
    });
  });

  test('what is elsewhere, and what is nothing', () => {
    expect(ask({ code: '75056' })).toEqual({ kind: 'outside' });
    expect(ask({ code: '13201' })).toEqual({ kind: 'outside' });
    expect(ask({ name: 'Châteauroux', department: '36' })).toEqual({ kind: 'outside' });
    expect(ask({ name: 'Marseille 1er Arrondissement' })).toEqual({ kind: 'outside' });
    expect(ask({ name: 'Orlaens', department: '45' })).toMatchObject({
      why: 'unknown_name',
      candidates: ['45234'],
    });
    expect(ask({ code: '45997' })).toEqual({ kind: 'doubt', why: 'unknown_code', candidates: [] });
    const paris = current.filter(({ department }) => department === '75');
    expect(placeBook(paris, official, passages)({ ...ZERO, code: '75112' })).toEqual({
      kind: 'doubt',
      why: 'arrondissement',
      candidates: ['75056'],
    });
  });
});

const ZERO = { code: null, name: null, department: null, postalCode: null };

test('every code is known, of today, of a part of a commune, or of one long gone', () => {
  const codes = officialCodes(official);
  // Orléans, a commune associée, a municipal arrondissement, one merged before the tables start.
  const some = ['45234', '59355', '75112', '50649', '45999'].map((code) => codes.get(code));
  expect(some).toEqual([null, '59350', '75056', '50592', undefined]);
  for (const { code } of current) expect(codes.get(code)).toBeNull();
});
