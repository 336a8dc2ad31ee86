import type { FeatureCollection } from 'geojson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cpts } from '../../server/contracts/cpts.ts';
import type { LeavesReplaced, SubdivisionInspection } from '../../server/contracts/divisions.ts';
import type { FlowSets } from '../../server/contracts/flow-sets.ts';
import type { OverlapPage } from '../../server/contracts/overlaps.ts';
import {
  defaultProposalParameters,
  type Proposal,
  type ProposalParameters,
} from '../../server/contracts/proposals.ts';
import type { UnitGraph } from '../../server/contracts/units.ts';
import { readMatrix } from '../../server/core/flows/matrix-bytes.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowSetRepository } from '../../server/db/repositories/flow-sets.ts';
import { keptCareRepository } from '../../server/db/repositories/kept-care.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { codeAt } from '../support/small-region.ts';
import { ORLEANS, quarters } from '../support/subdivisions.ts';

/** The quarters as a file that a town hall would publish. */
function townFile(): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: quarters().rows.map(({ name, population, geometry }) => ({
      type: 'Feature',
      properties: { INSEE_COM: ORLEANS, nom_quartier: name, population },
      geometry,
    })),
  };
}

describe.each(engines)('sectors of a commune over the API on %s', (engine) => {
  let api: TestApi;
  let before: UnitGraph;
  let dataset: number;
  let made: LeavesReplaced;
  beforeAll(async () => {
    api = await openTestApi(engine);
    before = (await api.get('/api/unit-graph')).json();
    dataset = (await flowDatasetRepository(api.database.kysely).latest(before.vintage))!.id;
  });
  afterAll(async () => {
    await api.close();
  });

  const graph = async () => (await api.get('/api/unit-graph')).json<UnitGraph>();
  const create = async (name: string, units: string[]) =>
    (await api.post('/api/cpts', { name, units })).json<Cpts>();
  const propose = async (wishes: Partial<ProposalParameters>) => {
    const parameters = { ...defaultProposalParameters, effort: 'quick', ...wishes };
    const run = (await api.post('/api/proposals', parameters)).json<Proposal>();
    await api.runs.ended(run.id);
    return (await api.get(`/api/proposals/${run.id}`)).json<Proposal>();
  };
  const measure = async (units: string[][]) =>
    (
      await api.post(`/api/flow-datasets/${dataset}/sets`, {
        sets: units.map((codes, s) => ({ name: `E${s}`, units: codes })),
      })
    ).json<FlowSets>();

  test('a file is sent, looked at, and divides the communes chosen', async () => {
    expect(before.divisions).toEqual([]);
    const whole = (await measure([[ORLEANS], [codeAt(2, 2)]])).sets;
    const proposed = await propose({});
    expect(proposed.territories.find(({ units }) => units.includes(ORLEANS))).toMatchObject({
      units: [ORLEANS],
      reason: 'commune_above_ceiling',
    });

    const sent = await api.app.inject({
      method: 'POST',
      url: '/api/subdivision-files?name=quartiers.geojson',
      headers: { 'content-type': 'application/octet-stream' },
      payload: JSON.stringify(townFile()),
    });
    expect(sent.statusCode).toBe(201);
    const seen = sent.json<SubdivisionInspection>();
    expect(seen.communes).toEqual([
      {
        code: ORLEANS,
        name: 'Orléans',
        population: 120_000,
        parts: 4,
        kinds: ['quartier'],
        withPopulation: true,
        divided: false,
      },
    ]);
    const done = await api.post(`/api/subdivision-files/${seen.id}/import`, {
      communes: [ORLEANS],
    });
    expect(done.statusCode).toBe(200);
    made = done.json<LeavesReplaced>();
    expect(made).toMatchObject({ communes: [ORLEANS], replaced: [ORLEANS] });

    const after = await graph();
    expect(after.vintage).toBe(made.vintage);
    expect(after.vintage).not.toBe(before.vintage);
    expect(after.units.code).toHaveLength(51);
    expect(after.divisions).toMatchObject([{ code: ORLEANS, name: 'Orléans', units: made.units }]);
    // What is at an address never changes: the old one is gone, the new one holds the parts.
    expect((await api.get(`/api/tiles/${before.vintage}/7/64/44`)).statusCode).toBe(404);
    expect((await api.get(`/api/tiles/${after.vintage}/7/64/44`)).statusCode).toBe(200);
    // The territory that was the commune is now its parts, in the proposal made before.
    const stored = (await api.get(`/api/proposals/${proposed.id}`)).json<Proposal>();
    expect(stored.territories.map(({ units }) => units)).toContainEqual(made.units);
    const parts = (await measure([made.units, [codeAt(2, 2)], [ORLEANS]])).sets;
    expect(parts[0]).toMatchObject({ units: 4, li: whole[0]!.li, inside: whole[0]!.inside });
    expect(parts[1]).toEqual(whole[1] && { ...whole[1], name: 'E1' });
    expect({ ...parts[2], name: '' }).toEqual({ ...parts[0], name: '' });
  });

  test('flows of a part are its share of the commune’s, by population', async () => {
    const [half] = made.units;
    const ask = async (side: string, code: string) =>
      (
        await api.get(
          `/api/flow-datasets/${dataset}/${side === 'origin' ? 'destinations' : 'inflows'}?${side}=${code}`,
        )
      ).json();
    const of = { commune: await ask('origin', ORLEANS), part: await ask('origin', half!) };
    expect(of.commune.apportioned).toBeUndefined();
    expect(of.part.apportioned).toBe(0.5);
    expect(of.part.patients).toBeCloseTo(of.commune.patients / 2, 0);
    expect(of.part.destinations[0].share).toBe(of.commune.destinations[0].share);
    const to = {
      commune: await ask('destination', ORLEANS),
      part: await ask('destination', half!),
    };
    expect(to.part.patients).toBeCloseTo(to.commune.patients / 2, 0);
  });

  test('the matrix is between leaves, and adds up to what is known of communes', async () => {
    const { vintage, units } = await graph();
    const answer = await api.get(
      `/api/flow-datasets/${dataset}/matrix?units=${encodeURIComponent(vintage)}`,
    );
    const bytes = answer.rawPayload;
    const { gunzipSync } = await import('node:zlib');
    const raw = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    const flows = readMatrix(new Uint8Array(raw).buffer as ArrayBuffer);
    expect(flows.codes.slice(0, units.code.length)).toEqual(units.code);
    const inSets = (await measure(units.code.map((code) => [code]))).sets;
    for (const code of [...made.units, codeAt(2, 2)]) {
      const at = flows.codes.indexOf(code);
      let leaving = 0;
      for (let e = flows.offsets[at]!; e < flows.offsets[at + 1]!; e++)
        leaving += flows.patients[e]!;
      expect(leaving / inSets[at]!.patients).toBeCloseTo(1, 4);
    }
  });

  test('sets are measured alike in memory and in the database', async () => {
    const units = [
      [made.units[0]!, made.units[1]!, codeAt(2, 2)],
      [made.units[2]!, codeAt(1, 4)],
    ];
    const sets = units.map((codes, s) => ({ name: `E${s}`, units: codes }));
    const ours = await measure(units);
    const theirs = await flowSetRepository(api.database.kysely).measure(
      { dataset, specialty: 'all', masked: 5 },
      { sets, k: 10 },
      before.vintage,
    );
    theirs.sets.forEach((set, s) => {
      expect(set.patients).toBeCloseTo(ours.sets[s]!.patients, 0);
      expect(set.treated).toBeCloseTo(ours.sets[s]!.treated, 0);
      expect(set.inside).toBeCloseTo(ours.sets[s]!.inside, 0);
    });
    expect(theirs.flows.map(({ from, to }) => [from, to])).toEqual(
      ours.flows.map(({ from, to }) => [from, to]),
    );
  });

  test('proposals divide the commune between territories in the band', async () => {
    // Its own code means all its parts, which are too many people for one territory.
    const whole = await propose({ together: [[ORLEANS, codeAt(2, 2)]] });
    expect(whole.status).toBe('failed');
    const free = await propose({ apart: [[made.units[0]!, made.units[1]!]] });
    expect(free.status).toBe('done');
    const holding = free.territories.filter(({ units }) =>
      units.some((code) => made.units.includes(code)),
    );
    expect(holding.length).toBeGreaterThan(1);
    for (const territory of holding)
      expect(territory).toMatchObject({ inBand: true, reason: null });
    const explained = await api.get(`/api/proposals/${free.id}/explanation`);
    expect(explained.statusCode).toBe(200);
    // What is kept of each kind is shared out to the parts as what is kept of all.
    const kept = await keptCareRepository(api.database.kysely).byTerritory({
      ...{ vintage: before.vintage, run: free.id, common: free.id, dataset, masked: 5 },
      kinds: new Map([
        ['cardiologie', 'general'],
        ['dermatologie', 'specialist'],
      ]),
    });
    for (const { id, li, patients } of explained.json().territories) {
      const [all, inside] = (['patients', 'inside'] as const).map((what) =>
        kept.reduce((sum, row) => sum + (row.territory === id ? row[what] : 0), 0),
      ) as [number, number];
      expect(all).toBeCloseTo(patients, 0);
      expect(inside / all).toBeCloseTo(li, 5);
    }
    // A territory parts them: they cannot become one before that proposal is gone.
    const refused = await api.app.inject({ method: 'DELETE', url: `/api/divisions/${ORLEANS}` });
    expect(refused.json()).toMatchObject({ error: { code: 'division_in_use' } });
    expect(refused.json().error.message).toContain(`proposition n° ${free.id}`);
    await api.app.inject({ method: 'DELETE', url: `/api/proposals/${free.id}` });
  });

  test('two CPTS share the commune by sectors, without conflict, and a third meets both', async () => {
    const west = await create('Orléans ouest', [made.units[0]!, made.units[2]!, codeAt(2, 2)]);
    const east = await create('Orléans est', [made.units[1]!, made.units[3]!, codeAt(4, 2)]);
    const overlaps = async () => (await api.get('/api/overlaps')).json<OverlapPage>();
    expect((await overlaps()).items).toEqual([]);
    for (const { id } of [west, east]) {
      expect(
        (await api.post(`/api/cpts/${id}/steps`, { step: 'accept_territory' })).statusCode,
      ).toBe(200);
    }
    const both = await create('Orléans entière', [ORLEANS]);
    expect(both).toMatchObject({ units: made.units, population: 120_000 });
    const refused = await api.post(`/api/cpts/${both.id}/steps`, { step: 'accept_territory' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json().error.details).toMatchObject([
      { cpts: { id: west.id }, population: 80_000 },
      { cpts: { id: east.id }, population: 40_000 },
    ]);
    const { items } = await overlaps();
    expect(items.map(({ population }) => population)).toEqual([80_000, 40_000]);
    expect(items[0]!.units.map(({ name }) => name)).toEqual([
      'Orléans – Sud-Ouest',
      'Orléans – Nord-Ouest',
    ]);
    const uncovered = await propose({ scope: { kind: 'uncovered' }, keepCpts: true });
    expect(uncovered.status).toBe('done');
    const kept = uncovered.territories.filter(({ cpts }) => cpts !== null);
    expect(kept.map(({ units }) => units)).toEqual([west.units, east.units]);
  });

  test('search finds parts by their name and their commune’s', async () => {
    const named = (await api.get('/api/units?q=nord-ou')).json();
    expect(named.items).toMatchObject([
      { name: 'Orléans – Nord-Ouest', parent: ORLEANS, leaf: true },
    ]);
    const commune = (await api.get(`/api/units?q=orleans`)).json();
    expect(commune.items.map(({ code }: { code: string }) => code).sort()).toEqual(made.units);
    const whole = (await api.get(`/api/units/${ORLEANS}`)).json();
    expect(whole).toMatchObject({ code: ORLEANS, leaf: false });
  });

  test('a cut is previewed, made, and undone', async () => {
    const unit = codeAt(6, 1);
    const line = { course: 'north-south', at: 0.5 };
    const preview = await api.post('/api/cuts/preview', { unit, line });
    expect(preview.statusCode).toBe(200);
    expect((await graph()).vintage).toBe(made.vintage);
    const sectors = preview.json().sectors.map(({ name }: { name: string }) => ({ name }));
    const cut = await api.post('/api/cuts', { unit, line, sectors });
    expect(cut.statusCode).toBe(200);
    expect((await graph()).divisions).toHaveLength(2);
    const refused = await api.post('/api/cuts', { unit, line, sectors });
    expect(refused.json()).toMatchObject({ error: { code: 'already_divided' } });
    const merged = await api.post('/api/mergers', { units: cut.json().units, name: 'Tout' });
    expect(merged.json()).toMatchObject({ units: [unit] });
    expect((await graph()).divisions).toHaveLength(1);
    expect((await api.get(`/api/tiles/${merged.json().vintage}/7/64/44`)).statusCode).toBe(200);
  });
});
