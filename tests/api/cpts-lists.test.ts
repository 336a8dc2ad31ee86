import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CptsListReport } from '../../server/contracts/cpts-lists.ts';
import { localActor } from '../../server/core/accounts/actor.ts';
import { importCptsList } from '../../server/usecases/cpts-list/import-list.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';

const at = (...places: [number, number][]) => places.map(([x, y]) => codeAt(x, y));

describe.each(engines)('lists of CPTS on %s', (engine) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openTestApi(engine);
  });
  afterAll(() => api.close());

  const send = (text: string, name = 'ars.csv') =>
    api.app.inject({
      method: 'POST',
      url: `/api/cpts-lists?name=${encodeURIComponent(name)}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: Buffer.from(text),
    });
  const read = async (text: string) => {
    const answer = await send(text);
    expect([answer.statusCode, answer.json().error?.message]).toEqual([200, undefined]);
    return answer.json() as CptsListReport;
  };
  const bring = (cpts: object[]) => api.post('/api/cpts-lists/import', { file: 'ars.csv', cpts });
  const count = async () => (await api.get('/api/cpts')).json().total as number;

  test('a list is read by code and by name; what is not plain waits for a person', async () => {
    const text = [
      'Nom CPTS;Commune;Département;Code;Étape;Date',
      'Val;ORLEANS;45;;ACI signé;01/02/2021',
      'Val;St Eloi 1 0;Loiret;;;',
      `Val;;;${codeAt(2, 1)};;`,
      `Bois;;;${codeAt(2, 1)};Projet déposé;`,
      'Bois;Haÿ-les-Oeillets (L’);45;;;',
      'Bois;Atlantide;45;;;',
      'Bois;Orlèan;45;;;',
      'Bois;Paris;75;;;',
    ].join('\n');
    const report = await read(text);
    expect(report.cpts).toEqual([
      {
        name: 'Val',
        line: 2,
        status: 'aci_signed',
        on: '2021-02-01',
        units: at([1, 0], [2, 1], [3, 2]).sort(),
        existing: null,
      },
      {
        name: 'Bois',
        line: 5,
        status: 'project_submitted',
        on: null,
        units: at([0, 0], [2, 1]),
        existing: null,
      },
    ]);
    expect(report.toDecide).toMatchObject([
      { line: 7, cpts: 1, why: 'unknown_name', candidates: [] },
      { line: 8, why: 'unknown_name', candidates: [{ code: codeAt(3, 2), name: 'Orléans' }] },
    ]);
    expect(report.toDecide[0]?.reason).toContain('Ligne 7 : aucune commune');
    expect(report.outside).toEqual([{ line: 9, cpts: 1, text: 'Paris (75)' }]);
    expect(report.conflicts).toMatchObject([
      { wanted: 'Bois', cpts: { id: null, name: 'Val' }, units: [{ code: codeAt(2, 1) }] },
    ]);
    expect(await count()).toBe(0);
  });

  test('it is imported all or none, each in its step since its day, each step an event', async () => {
    const val = { name: 'Val', units: at([1, 0], [2, 1]), status: 'aci_signed', on: '2021-02-01' };
    const bois = { name: 'Bois', units: at([2, 1], [2, 2]), status: 'project_submitted' };
    const refused = await bring([val, bois]);
    expect([refused.statusCode, refused.json().error.code]).toEqual([409, 'territory_conflict']);
    expect(refused.json().error.details).toMatchObject([
      { wanted: 'Bois', cpts: { id: null, name: 'Val' }, units: [{ code: codeAt(2, 1) }] },
    ]);
    const tomorrow = await bring([val, { ...bois, units: at([2, 2]), on: '2999-01-01' }]);
    expect(tomorrow.json().error.code).toBe('invalid_day');
    expect(await count()).toBe(0);

    const answer = await bring([val, { ...bois, status: 'idea' }]);
    expect(answer.statusCode).toBe(201);
    const { created } = answer.json() as { created: { cpts: number; name: string }[] };
    expect(created.map(({ name }) => name)).toEqual(['Val', 'Bois']);
    const one = (await api.get(`/api/cpts/${created[0]!.cpts}`)).json();
    expect(one).toMatchObject({ status: 'aci_signed', since: '2021-02-01', recognised: true });
    expect(one.units).toEqual(val.units);
    const { items } = (await api.get(`/api/events?subject=cpts/${created[0]!.cpts}`)).json();
    expect(items.map(({ verb }: { verb: string }) => verb).reverse()).toEqual([
      'create',
      'accept_territory',
      'deposit_project',
      'validate_project',
      'sign_contract',
    ]);
    expect(items.at(-1).after).toMatchObject({ file: 'ars.csv' });
  });

  test('again, those that are there are told and skipped, unless one asks', async () => {
    const report = await read(`Nom CPTS;Code\nVÀL;${codeAt(1, 0)}\nNeuf;${codeAt(1, 0)}\n`);
    expect(report.cpts).toMatchObject([
      { existing: { name: 'Val', status: 'aci_signed' } },
      { existing: null },
    ]);
    expect(report.conflicts).toMatchObject([
      { wanted: 'Neuf', cpts: { name: 'Val', id: expect.any(Number) } },
    ]);
    const again = { name: 'VÀL', units: at([5, 5]), status: 'territory_accepted' };
    const skipped = (await bring([again])).json();
    expect(skipped).toMatchObject({ created: [], skipped: [{ name: 'Val' }] });
    expect((await bring([{ ...again, again: true }])).json().created).toHaveLength(1);
    const taken = await bring([{ name: 'Neuf', units: at([1, 0]), status: 'territory_accepted' }]);
    expect(taken.json().error).toMatchObject({
      code: 'territory_conflict',
      details: [{ wanted: 'Neuf', cpts: { name: 'Val' } }],
    });
  });

  test('an officer imports what is in their departments, or drafts', async () => {
    const officer = { ...localActor, role: 'ars', departments: ['45'] } as const;
    const vintage = api.region.loaded().vintage.id;
    const wanted = { name: 'Est', units: at([7, 4]), status: 'territory_accepted' } as const;
    const bringAs = (status: 'idea' | 'territory_accepted') =>
      importCptsList(api.database.kysely, vintage, { cpts: [{ ...wanted, status }] }, officer);
    await expect(bringAs('territory_accepted')).rejects.toMatchObject({ code: 'forbidden' });
    expect((await bringAs('idea')).created).toHaveLength(1);
  });

  test('what is no list is refused with a sentence', async () => {
    const codes = async (text: string) => (await send(text)).json().error.code;
    expect(await codes('Nom CPTS;Code\nVal;75056\n')).toBe('outside_region');
    const unknown = await bring([{ name: 'Une', units: ['99001'], status: 'idea' }]);
    expect(unknown.json().error.code).toBe('unknown_units');
    expect((await bring([{ name: 'Une', units: at([0, 0]), status: 'closed' }])).statusCode).toBe(
      400,
    );
  });
});
