import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  defaultProposalParameters,
  type Proposal,
  type ProposalParameters,
  type ProposalSummary,
} from '../../server/contracts/proposals.ts';
import { flowDatasetRepository } from '../../server/db/repositories/flow-datasets.ts';
import { flowRepository } from '../../server/db/repositories/flows.ts';
import { proposalBoundRepository } from '../../server/db/repositories/proposal-bounds.ts';
import { proposalRepository } from '../../server/db/repositories/proposals.ts';
import { vintageRepository } from '../../server/db/repositories/vintages.ts';
import { readAsAsked } from '../../server/usecases/read-proposal-wishes.ts';
import { openTestApi, type TestApi } from '../support/api.ts';
import { engines } from '../support/databases.ts';
import { drawMatrices, insertMatrices } from '../support/random-flows.ts';
import { codeAt } from '../support/small-region.ts';

type Territory = Proposal['territories'][number];

describe.each(engines)('proposals on %s', (engine) => {
  let api: TestApi;
  let populationOf: Map<string, number>;
  let departmentOf: Map<string, string>;
  let base: Proposal;
  beforeAll(async () => {
    api = await openTestApi(engine);
    const { code, population, department } = (await api.get('/api/unit-graph')).json().units;
    populationOf = new Map(code.map((one: string, u: number) => [one, population[u]]));
    departmentOf = new Map(code.map((one: string, u: number) => [one, department[u]]));
    base = await run({ ceiling: 60_000 });
  });
  afterAll(async () => {
    await api.close();
  });

  const ended = async (started: { statusCode: number; json(): ProposalSummary }) => {
    expect(started.statusCode).toBe(202);
    const { id } = started.json();
    await api.runs.ended(id);
    return (await api.get(`/api/proposals/${id}`)).json() as Proposal;
  };
  const run = async (parameters: object) =>
    ended(await api.post('/api/proposals', { effort: 'quick', ...parameters }));
  const of = ({ territories }: Proposal, code: string) =>
    territories.find(({ units }) => units.includes(code)) as Territory;
  const refusal = async (path: string, body?: unknown) => {
    const answer = await api.post(path, body);
    return [answer.statusCode, answer.json().error?.code];
  };
  const draft = async (name: string, units: string[]) =>
    (await api.post('/api/cpts', { name, units })).json().id as number;

  test('every wish is kept, stored with its defaults, and answered', async () => {
    const west = [codeAt(0, 0), codeAt(0, 1)];
    const done = await run({
      weights: { epci: 0.1, poles: 0.2 },
      walls: 'department',
      together: [west],
      apart: [[codeAt(1, 4), codeAt(1, 3)]],
      masked: 10,
      specialtyWeights: { cardiologie: 2 },
    });
    expect(done).toMatchObject({
      status: 'done',
      best: null,
      threads: expect.any(Number),
      seconds: expect.any(Number),
      indicators: { pieces: 0, inBandShare: 1 },
      parameters: {
        weights: { border: 0.05, epci: 0.1, target: 0, poles: 0.2 },
        scope: { kind: 'all' },
        effort: 'quick',
        poleRun: expect.any(Number),
        masked: 10,
      },
    });
    expect(of(done, west[0]!)).toBe(of(done, west[1]!));
    expect(of(done, codeAt(1, 4))).not.toBe(of(done, codeAt(1, 3)));
    for (const { units } of done.territories) {
      expect(new Set(units.map((code) => departmentOf.get(code))).size).toBe(1);
    }
    const { compactness, epciWhole } = done.indicators!;
    expect(compactness).toBeGreaterThan(0);
    expect(compactness).toBeLessThanOrEqual(1);
    expect(epciWhole).toBeLessThanOrEqual(1);
  });

  test('a weighted specialty counts as often as its weight', async () => {
    const flows = flowRepository(api.database.kysely);
    const [dataset] = (await api.get('/api/flow-datasets')).json().items;
    const sum = ({ patients }: { patients: number[] }) => patients.reduce((a, b) => a + b, 0);
    const one = sum(await flows.totals(dataset.id, 'cardiologie', 5));
    const both = sum(await flows.totals(dataset.id, 'all', 5));
    const weighed = sum(await flows.totals(dataset.id, 'all', 5, { cardiologie: 3 }));
    expect(weighed).toBeCloseTo(both + 2 * one, 3);
    const without = sum(await flows.totals(dataset.id, 'all', 5, { cardiologie: 0 }));
    expect(without).toBeCloseTo(both - one, 3);
  });

  test('a department alone, a number of territories, and what recognised CPTS leave', async () => {
    const east = await run({ scope: { kind: 'departments', codes: ['41'] }, territories: 2 });
    expect(east.territories).toHaveLength(2);
    expect(east.territories.flatMap(({ units }) => units)).toHaveLength(12);

    const units = [codeAt(0, 0), codeAt(1, 0), codeAt(0, 1), codeAt(1, 1)];
    const cpts = await draft('Reconnue', units);
    await api.post(`/api/cpts/${cpts}/steps`, { step: 'accept_territory' });
    const rest = await run({ scope: { kind: 'uncovered' } });
    expect(rest.territories.flatMap((one) => one.units)).toHaveLength(44);
    expect(of(rest, units[0]!)).toBeUndefined();
    const kept = await run({ keepCpts: true });
    expect(of(kept, units[0]!)).toMatchObject({ units: units.sort(), cpts, kept: true });
    expect(kept.territories.filter((one) => one.kept)).toHaveLength(1);
    expect(kept.territories.filter((one) => one.cpts !== null)).toHaveLength(1);
    await api.post(`/api/cpts/${cpts}/steps`, { step: 'close' });
  });

  test('wishes that name nothing or contradict themselves are refused, or said by the run', async () => {
    for (const [body, status, code] of [
      [{ specialtyWeights: { inconnue: 1 } }, 404, 'unknown_specialty'],
      [{ specialtyWeights: { cardiologie: 0, dermatologie: 0 } }, 422, 'no_weight'],
      [{ scope: { kind: 'departments', codes: ['99'] } }, 422, 'unknown_units'],
      [{ together: [['99999', codeAt(0, 0)]] }, 422, 'unknown_units'],
      [{ apart: [[codeAt(0, 0), codeAt(0, 0)]] }, 422, 'contradictory_wishes'],
      [
        { together: [[codeAt(0, 0), codeAt(1, 0)]], apart: [[codeAt(1, 0), codeAt(0, 0)]] },
        422,
        'contradictory_wishes',
      ],
      [{ target: 5 }, 422, 'contradictory_wishes'],
      [{ poleRun: 9999 }, 404, 'unknown_pole_run'],
      [{ weights: { border: -1 } }, 400, 'invalid_request'],
      [{ autre: 1 }, 400, 'invalid_request'],
    ] as const) {
      expect(await refusal('/api/proposals', body)).toEqual([status, code]);
    }
    const many = await run({ territories: 1000 });
    expect(many).toMatchObject({
      status: 'failed',
      territories: [],
      message: expect.stringContaining('demandez-en au plus'),
    });
    // What failed will not end: it is said so, and why it did.
    for (const path of ['explanation', 'bound', `comparison?with=${base.id}`]) {
      const { code, message } = (await api.get(`/api/proposals/${many.id}/${path}`)).json().error;
      expect(code).toBe('proposal_not_done');
      expect(message).toMatch(/a échoué .*demandez-en au plus.*relancez-la/);
    }
  });

  test('the stream tells the figures of the best plan so far, then the end', async () => {
    // With a weight, the plan worth most may keep a little less than one met on the way.
    const asked = { effort: 'normal', seed: 5, weights: { border: 0 } };
    const { id } = (await api.post('/api/proposals', asked)).json();
    const { body } = await api.get(`/api/proposals/${id}/events`);
    const states = body
      .split('\n\n')
      .filter((event) => event.startsWith('data: '))
      .map((event) => JSON.parse(event.slice(6)) as ProposalSummary);
    const last = states.at(-1);
    expect(last).toMatchObject({ id, status: 'done', progress: 1, best: null });
    const bests = states.flatMap(({ best }) => (best ? [best] : []));
    expect(bests.length).toBeGreaterThan(0);
    for (const best of bests) {
      expect(best.inside).toBeLessThanOrEqual(last!.indicators!.inside + 1e-9);
      expect(best.inBandShare).toBeLessThanOrEqual(1);
    }
    expect((await api.get('/api/proposals/9999/events')).json().error.code).toBe(
      'unknown_proposal',
    );
  });

  test('two runs are compared: figures, counterparts, communes that change side', async () => {
    const other = base;
    const one = await run({ ceiling: 60_000, territories: other.territories.length + 1 });
    const same = (await api.get(`/api/proposals/${one.id}/comparison?with=${one.id}`)).json();
    expect(same).toMatchObject({
      common: { whole: true },
      communes: [],
      population: 0,
      indicators: one.indicators,
      wished: { poles: null, target: null },
    });
    const found = (await api.get(`/api/proposals/${one.id}/comparison?with=${other.id}`)).json();
    expect(found).toMatchObject({ run: one.id, with: other.id });
    expect(found.indicators).toEqual(one.indicators);
    expect(found.otherIndicators).toEqual(other.indicators);
    expect(
      found.territories.filter((pair: { other: number | null }) => pair.other === null),
    ).toHaveLength(1);
    const counterpart = new Map(
      found.territories.map((pair: { territory: number; other: number }) => [
        pair.territory,
        pair.other,
      ]),
    );
    const changed = one.territories.flatMap(({ id, units }) =>
      units.filter((code) => of(other, code).id !== counterpart.get(id)),
    );
    expect(found.communes.map(({ code }: { code: string }) => code)).toEqual(changed.sort());
    expect(changed.length).toBeGreaterThan(0);
  });

  test('runs of two scopes are compared on the communes that both divide', async () => {
    const scope = { kind: 'departments', codes: ['45'] };
    const part = await run({ ceiling: 60_000, scope, weights: { target: 0.05, poles: 0.05 } });
    const inside = new Set(part.territories.flatMap(({ units }) => units));
    expect(inside.size).toBeLessThan(populationOf.size);
    const path = `/api/proposals/${part.id}/comparison?with=${base.id}`;
    const found = (await api.get(path)).json();
    expect(found.common).toEqual({ communes: inside.size, whole: false });
    for (const { code } of found.communes) expect(inside).toContain(code);
    // On the scope of one, its own figures.
    const { inside: kept, compactness, ...counts } = part.indicators!;
    expect(found.indicators).toMatchObject(counts);
    expect(found.indicators.inside).toBeCloseTo(kept, 9);
    expect(found.indicators.compactness).toBeCloseTo(compactness!, 9);
    // By what either weighs, both are told.
    const { poles, target } = found.wished;
    const gaps = part.territories.map((one) => Math.abs(one.population - 45_000) / 45_000);
    expect(target.inhabitants).toBe(45_000);
    expect(target.run).toBeCloseTo(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, 5);
    expect(target.with).toBeGreaterThan(0);
    for (const share of [poles.run, poles.with]) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(1);
    }
    const held = base.territories.filter(({ units }) => units.some((code) => inside.has(code)));
    expect(found.otherIndicators.territories).toBe(held.length);
    const stray = [...populationOf.keys()].find((code) => !inside.has(code))!;
    const improve = `/api/proposals/${part.id}/improve`;
    for (const touched of [{ locked: [stray] }, { changes: [{ unit: stray, territory: 0 }] }]) {
      expect(await refusal(improve, touched)).toEqual([422, 'contradictory_wishes']);
    }
    const other = await run({ ceiling: 60_000, scope: { ...scope, codes: ['41'] } });
    const nothing = (await api.get(`/api/proposals/${part.id}/comparison?with=${other.id}`)).json();
    expect(nothing).toMatchObject({ common: { communes: 0 }, communes: [], population: 0 });
  });

  test('a territory and a commune are explained, as the plan was measured', async () => {
    const done = base;
    const told = (await api.get(`/api/proposals/${done.id}/explanation`)).json();
    expect(told.inside).toBeCloseTo(done.indicators!.inside, 5);
    expect(told.territories).toHaveLength(done.territories.length);
    for (const territory of done.territories) {
      const one = told.territories[territory.id];
      expect(one).toMatchObject({ id: territory.id, population: territory.population });
      expect(one.li).toBeCloseTo(territory.li!, 5);
    }
    const orleans = told.territories[of(done, codeAt(3, 2)).id];
    expect(orleans.poles).toContainEqual({ code: codeAt(3, 2), name: 'Orléans' });
    const border = (await api.get(`/api/proposals/${done.id}/units/${codeAt(3, 3)}`)).json();
    const toOrleans = border.alternatives.find(
      ({ territory }: { territory: number }) => territory === orleans.id,
    );
    // Beside the town above the ceiling nothing may be added to it, whatever it would gain.
    expect(toOrleans.obstacles).toContain('ceiling');
    expect(toOrleans.patients).toBeGreaterThan(0);
    expect(orleans.binding).toContain('ceiling');
    const missing = await api.get(`/api/proposals/${done.id}/units/99999`);
    expect(missing.json().error.code).toBe('unknown_unit');
    expect((await api.get('/api/proposals/9999/explanation')).json().error.code).toBe(
      'unknown_proposal',
    );
  });

  test('general practice, specialists and other care are told apart, each patient once', async () => {
    const { kysely } = api.database;
    const code = [...populationOf.keys(), ...Array.from({ length: 8 }, (_, k) => `7510${k + 1}`)];
    const places = {
      code,
      population: [...populationOf.values()],
      loaded: [...populationOf].map(() => 1),
    };
    const keys = ['medecine-generale', 'cardiologie', 'orl', 'infirmier'];
    const kindOf = ['general', 'specialist', 'specialist', 'other'];
    const drawn = drawMatrices(
      { seed: 4, specialties: keys.length, blocks: 8, fractions: false },
      places,
    ).map((one, s) => ({ ...one, key: keys[s]! }));
    const { vintage } = api.region.loaded();
    const flowDataset = await insertMatrices(kysely, vintage.id, drawn, places);
    /** A finished run of five territories, none in one piece. */
    const stored = async (units: string[], asked: Partial<ProposalParameters>) => {
      const runs = proposalRepository(kysely);
      const parameters: ProposalParameters = {
        ...defaultProposalParameters,
        flowDataset,
        masked: 10,
        ...asked,
      };
      const id = await runs.insert(vintage.id, flowDataset, parameters, 'essai', 1);
      await runs.advance(id, 'running', 0);
      const territories = Array.from({ length: 5 }, (_, t) => ({
        ...{ name: `T${t}`, units: units.filter((_unit, u) => Math.floor(u / 3) % 5 === t) },
        ...{ population: 1, li: null, inBand: true, reason: null, cpts: null },
      }));
      const asRead = { scope: units, kept: [], held: [], improved: null };
      await runs.complete(id, territories, base.indicators!, 0, asRead);
      return (await api.get(`/api/proposals/${id}`)).json() as Proposal;
    };
    const everyUnit = [...populationOf.keys()];
    const all = await stored(everyUnit, {});
    const part = await stored(
      everyUnit.filter((unit) => departmentOf.get(unit) === '45'),
      { specialtyWeights: { orl: 9, infirmier: 0 } },
    );

    /** Patients who live in `from`, one cell after the other, and those treated in their territory. */
    const kept = (shown: Proposal, kind: string, from: Set<string>) => {
      const territory = new Map(
        shown.territories.flatMap(({ id, units }) => units.map((unit) => [unit, id])),
      );
      let [patients, inside] = [0, 0];
      drawn.forEach((flows, s) => {
        if (kindOf[s] !== kind) return;
        flows.origins.forEach((origin, k) => {
          const [here, there] = [code[origin]!, code[flows.destinations[k]!]!];
          if (!from.has(here)) return;
          const count = flows.patients[k]! + 10 * flows.masked[k]!;
          patients += count;
          if (territory.get(here) === territory.get(there)) inside += count;
        });
      });
      return { kind, patients, inside };
    };
    type Told = { kind: string; patients: number; inside: number | null };
    const expectKept = (care: Told[], shown: Proposal, units: readonly string[]) => {
      expect(care.map(({ kind }) => kind)).toEqual(['general', 'specialist', 'other']);
      for (const { kind, patients, inside } of care) {
        const cells = kept(shown, kind, new Set(units));
        expect(patients).toBeCloseTo(cells.patients, 0);
        if (cells.patients === 0) expect(inside).toBeNull();
        else expect(inside).toBeCloseTo(cells.inside / cells.patients, 5);
      }
    };
    for (const shown of [all, part]) {
      const told = (await api.get(`/api/proposals/${shown.id}/explanation`)).json();
      for (const { id, units } of shown.territories) {
        expectKept(told.territories[id].care, shown, units);
      }
      const everywhere = shown.territories.flatMap(({ units }) => units);
      expectKept(told.care, shown, everywhere);
      // With every weight 1, what is kept of each adds up to what is kept.
      if (shown !== all) continue;
      const sum = (of: (one: Told) => number) =>
        (told.care as Told[]).reduce((total, one) => total + of(one), 0);
      const together =
        sum(({ patients, inside }) => patients * inside!) / sum((one) => one.patients);
      expect(together).toBeCloseTo(told.inside, 5);
    }

    // On the communes that both divide; of flows of one kind nothing is told apart.
    const common = new Set(part.territories.flatMap(({ units }) => units));
    const sides = (await api.get(`/api/proposals/${all.id}/comparison?with=${part.id}`)).json();
    expect(sides.care).toHaveLength(3);
    for (const { kind, run: here, with: there } of sides.care) {
      for (const [shown, share] of [
        [all, here],
        [part, there],
      ] as const) {
        const { patients, inside } = kept(shown, kind, common);
        expect(share).toBeCloseTo(inside / patients, 5);
      }
    }
    const mixed = (await api.get(`/api/proposals/${all.id}/comparison?with=${base.id}`)).json();
    expect(mixed.care).toHaveLength(3);
    for (const { with: none } of mixed.care) expect(none).toBeNull();
    const one = (await api.get(`/api/proposals/${base.id}/explanation`)).json();
    expect([one.care, one.territories[0].care]).toEqual([[], []]);
    for (const { id } of [all, part]) {
      await api.app.inject({ method: 'DELETE', url: `/api/proposals/${id}` });
    }
    await flowDatasetRepository(kysely).remove(flowDataset);
  });

  test('how much better is possible is proven once, kept, and can be stopped', async () => {
    const path = `/api/proposals/${base.id}/bound`;
    const bound = async () => (await api.get(path)).json();
    expect(await bound()).toMatchObject({
      run: base.id,
      status: 'none',
      bound: null,
      better: null,
    });
    const started = await api.post(path);
    expect([started.statusCode, started.json().status]).toEqual([202, 'running']);
    let told = await bound();
    while (told.status !== 'done') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      told = await bound();
    }
    expect(told).toMatchObject({ progress: 1, message: null });
    expect(told.bound).toBeGreaterThanOrEqual(base.indicators!.inside);
    expect(told.bound).toBeLessThanOrEqual(1);
    expect(told.better).toBeCloseTo(told.bound / told.inside - 1, 5);
    // It is known: nothing begins again, and nothing is left to stop.
    expect((await api.post(path)).json()).toEqual(told);
    const stopped = await api.app.inject({ method: 'DELETE', url: path });
    expect(stopped.json()).toEqual(told);

    const other = await run({ ceiling: 60_000, seed: 2 });
    await api.post(`/api/proposals/${other.id}/bound`);
    const cut = await api.app.inject({ method: 'DELETE', url: `/api/proposals/${other.id}/bound` });
    expect(cut.statusCode).toBe(200);
    // Stopped early or at its end, what it had come to holds.
    expect(['none', 'stopped', 'done']).toContain(cut.json().status);
    if (cut.json().bound !== null) {
      expect(cut.json().bound).toBeGreaterThanOrEqual(other.indicators!.inside);
    }

    // Taken up again it goes to its end, and the lower of what both came to is kept.
    const { keep } = proposalBoundRepository(api.database.kysely);
    const third = await run({ ceiling: 60_000, seed: 3 });
    await keep(third.id, 0.9999, false);
    const again = `/api/proposals/${third.id}/bound`;
    const kept = expect.closeTo(0.9999, 5);
    expect((await api.get(again)).json()).toMatchObject({ status: 'stopped', bound: kept });
    expect((await api.post(again)).json()).toMatchObject({ status: 'running', bound: kept });
    while ((await api.get(again)).json().status === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const proven = (await api.get(again)).json();
    expect(proven.status).toBe('done');
    expect(proven.bound).toBeLessThan(0.9999);
    expect(await keep(third.id, 0.9999, true)).toBe(false);
    expect((await api.get(again)).json()).toEqual(proven);
    expect(await refusal('/api/proposals/9999/bound')).toEqual([404, 'unknown_proposal']);
  });

  test('territories become drafts once: one, then the rest, with names told apart', async () => {
    const done = base;
    const [first, second] = done.territories as [Territory, Territory];
    await draft(first.name, first.units);
    const adopt = `/api/proposals/${done.id}/adopt`;
    const one = await api.post(adopt, { territories: [first.id] });
    expect(one.statusCode).toBe(201);
    const [made] = one.json().created;
    expect(made).toMatchObject({ territory: first.id, name: `${first.name} (2)` });
    const cpts = (await api.get(`/api/cpts/${made.cpts}`)).json();
    expect(cpts).toMatchObject({
      status: 'idea',
      version: 1,
      units: first.units,
      population: first.population,
    });

    const again = await api.post(adopt, { territories: [second.id, first.id] });
    expect([again.statusCode, again.json().error.code]).toEqual([409, 'already_adopted']);
    expect(again.json().error.message).toContain(`« ${first.name} (2) »`);
    expect(await refusal(adopt, { territories: [99] })).toEqual([404, 'unknown_territory']);
    const shown = (await api.get(`/api/proposals/${done.id}`)).json() as Proposal;
    expect(shown.territories.map((t) => t.cpts).filter((id) => id !== null)).toEqual([made.cpts]);

    const rest = (await api.post(adopt, {})).json().created;
    expect(rest).toHaveLength(done.territories.length - 1);
    for (const { territory, cpts: id } of rest) {
      const { units } = (await api.get(`/api/cpts/${id}`)).json();
      expect(units).toEqual(done.territories[territory]?.units);
    }
    expect(await refusal(adopt, {})).toEqual([409, 'already_adopted']);
    // Closed, a CPTS is no more: its territory may be adopted again.
    await api.post(`/api/cpts/${made.cpts}/steps`, { step: 'close' });
    expect((await api.post(adopt, {})).json().created).toHaveLength(1);
  });

  test('an adoption is taken back while nothing was done to its drafts; the trace stays', async () => {
    const done = await run({ ceiling: 60_000, seed: 3 });
    const adopt = `/api/proposals/${done.id}/adopt`;
    const undo = `${adopt}/undo`;
    const events = async () => {
      const rows = await api.database.kysely
        .selectFrom('event')
        .select(['verb', 'subject', 'before'])
        .where('verb', '=', 'undo_adoption')
        .orderBy('id')
        .execute();
      return rows.map(({ subject, before }) => ({ subject, before }));
    };
    expect(await refusal(undo, {})).toEqual([409, 'adoption_touched']);
    const made = (await api.post(adopt, {})).json().created;
    const [first, second, third] = made.map(({ cpts }: { cpts: number }) => cpts);
    // One is shared, one is drawn anew: both stay, and are named.
    await api.post(`/api/cpts/${first}/links`, { kind: 'view', label: 'Réunion' });
    const { units } = (await api.get(`/api/cpts/${second}`)).json();
    const territory = { basedOn: 1, added: [], removed: [units[0]] };
    const drawn = await api.app.inject({
      ...{ method: 'PUT', url: `/api/cpts/${second}/territory`, payload: territory },
    });
    expect(drawn.statusCode).toBe(200);
    expect(await refusal(undo, { cpts: [first, second] })).toEqual([409, 'adoption_touched']);

    const one = (await api.post(undo, { cpts: [third] })).json();
    expect(one).toEqual({ removed: [third], kept: [] });
    expect((await api.get(`/api/cpts/${third}`)).json().error.code).toBe('unknown_cpts');
    const taken = done.territories.find(
      ({ id }) => made.find((draft: { cpts: number }) => draft.cpts === third).territory === id,
    )!;
    expect((await events()).at(-1)).toMatchObject({
      subject: `cpts/${third}`,
      before: { status: 'idea', units: taken.units, proposal: done.id },
    });
    const rest = (await api.post(undo, {})).json();
    expect(rest.kept.map(({ cpts }: { cpts: number }) => cpts)).toEqual([first, second]);
    expect(rest.removed).toHaveLength(made.length - 3);
    // Their territories may be adopted again.
    expect((await api.post(adopt, {})).json().created).toHaveLength(made.length - 2);
    expect(await refusal('/api/proposals/9999/adopt/undo', {})).toEqual([404, 'unknown_proposal']);
  });

  test('improved around changes, what was touched stays and what is far does not move', async () => {
    const done = base;
    const west = of(done, codeAt(0, 0));
    const { code, to } = await movable(done, west);
    const improve = `/api/proposals/${done.id}/improve`;
    const better = await ended(
      await api.post(improve, { changes: [{ unit: code, territory: to.id }] }),
    );
    expect(better.status).toBe('done');
    expect(better.parameters).toMatchObject({ ceiling: 60_000, improves: { proposal: done.id } });
    const people = (unit: string) => populationOf.get(unit) ?? 0;
    const seat = to.units.reduce((best, unit) => (people(unit) > people(best) ? unit : best));
    expect(of(better, code).units).toContain(seat);

    const drawn = await draft('Dessinée', west.units.slice(0, 2));
    const around = await ended(await api.post(improve, { drafts: [drawn], around: 'all' }));
    expect(of(around, west.units[0]!)).toMatchObject({
      units: west.units.slice(0, 2),
      cpts: drawn,
    });
    expect(await refusal(improve, {})).toEqual([422, 'contradictory_wishes']);
    expect(await refusal(improve, { drafts: [9999] })).toEqual([404, 'unknown_cpts']);
    // Known before the run is begun: the two that cannot both be held are named.
    const over = await draft('Chevauchante', west.units.slice(1, 3));
    const twice = await api.post(improve, { drafts: [drawn, over] });
    expect(twice.statusCode).toBe(422);
    expect(twice.json().error).toMatchObject({
      code: 'contradictory_wishes',
      message: expect.stringContaining('« Dessinée » et « Chevauchante » ne peuvent pas'),
      details: { cpts: [{ id: drawn }, { id: over }], communes: [west.units[1]] },
    });
    expect(await refusal(improve, { changes: [{ unit: codeAt(0, 0), territory: 99 }] })).toEqual([
      404,
      'unknown_territory',
    ]);

    async function movable(plan: Proposal, from: Territory) {
      for (const unit of from.units) {
        const { alternatives } = (await api.get(`/api/proposals/${plan.id}/units/${unit}`)).json();
        const there = alternatives.find(
          ({ territory }: { territory: number }) => plan.territories[territory]!.inBand,
        );
        if (there) return { code: unit, to: plan.territories[there.territory]! };
      }
      throw new Error('no commune lies on a border');
    }
  });

  test('a run stays told of what it was asked, whatever is drawn afterwards', async () => {
    const west = of(base, codeAt(0, 0));
    const recognised = await draft('Reconnue ensuite', [codeAt(7, 5)]);
    await api.post(`/api/cpts/${recognised}/steps`, { step: 'accept_territory' });
    const drawn = await draft('Redessinée', west.units.slice(0, 3));
    const asked = { ceiling: 60_000, keepCpts: true, scope: { kind: 'uncovered' } };
    const improves = { proposal: base.id, drafts: [drawn] };
    const done = await run({ ...asked, improves });
    const read = async () => {
      const { kysely } = api.database;
      const { id: vintage } = (await vintageRepository(kysely).ofRegion('24'))!;
      return readAsAsked(kysely, vintage, done.id, done.parameters);
    };
    const then = await read();
    expect(then.asAsked).toBe(true);
    expect(then.kept.map(({ cpts }) => cpts)).toEqual([recognised, drawn]);
    expect(then.wishes.scope).toHaveLength(47);
    expect(then.wishes.improved!.drafts).toEqual([west.units.slice(0, 3)]);

    const territory = { basedOn: 1, added: [], removed: west.units.slice(1, 3) };
    const url = `/api/cpts/${drawn}/territory`;
    expect((await api.app.inject({ method: 'PUT', url, payload: territory })).statusCode).toBe(200);
    await api.post(`/api/cpts/${recognised}/steps`, { step: 'close' });
    expect(await read()).toEqual(then);
    const told = (path: string) => api.get(`/api/proposals/${done.id}/${path}`);
    expect((await told('bound')).json().asAsked).toBe(true);

    // A run of before it was kept says that it is read anew.
    await sql`update proposal_run set as_read = null where id = ${done.id}`.execute(
      api.database.kysely,
    );
    const now = await read();
    expect(now.asAsked).toBe(false);
    expect(now.wishes.improved!.drafts).toEqual([west.units.slice(0, 1)]);
    for (const path of ['bound', 'explanation', `units/${codeAt(0, 0)}`]) {
      expect((await told(path)).json().asAsked).toBe(false);
    }
  });

  test('a run that is over is removed, and its dataset may be then', async () => {
    const remove = () => api.app.inject({ method: 'DELETE', url: `/api/proposals/${base.id}` });
    expect((await remove()).statusCode).toBe(204);
    expect((await remove()).json().error.code).toBe('unknown_proposal');
    const { id } = (await api.post('/api/proposals', { effort: 'thorough', seed: 8 })).json();
    const early = await api.app.inject({ method: 'DELETE', url: `/api/proposals/${id}` });
    expect(early.json().error.code).toBe('proposal_not_done');
    await api.post(`/api/proposals/${id}/cancel`);
    expect(
      (await api.app.inject({ method: 'DELETE', url: `/api/proposals/${id}` })).statusCode,
    ).toBe(204);
    await api.runs.ended(id);
  });
});
