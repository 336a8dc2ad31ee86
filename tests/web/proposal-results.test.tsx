// @vitest-environment happy-dom
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultProposalParameters, type Proposal } from '../../server/contracts/proposals.ts';
import { edge, mark } from '../../web/src/map/scene.ts';
import { address, go, homeAddress } from '../../web/src/state/address.ts';
import { notAdopted } from '../../web/src/state/adoption.ts';
import { datasets } from '../../web/src/state/analysis.ts';
import { announcement } from '../../web/src/state/announce.ts';
import { boot } from '../../web/src/state/boot.ts';
import { cptsList } from '../../web/src/state/cpts.ts';
import { explanation, followExplanations } from '../../web/src/state/explanations.ts';
import { heldCpts, hold, holdable, place } from '../../web/src/state/improvement.ts';
import { drawerOpen, drawerTable } from '../../web/src/state/panels.ts';
import { loadPlaceNames } from '../../web/src/state/place-names.ts';
import { bound, followBound } from '../../web/src/state/proposal-bound.ts';
import { formOpen, resetWishes, wishes } from '../../web/src/state/proposal-wishes.ts';
import { makeTerritoryMap, proposal, runs, underWay } from '../../web/src/state/proposals.ts';
import { comparedRun, followRunComparison } from '../../web/src/state/run-comparison.ts';
import { toCsv } from '../../web/src/table/csv.ts';
import { sortRows } from '../../web/src/table/model.ts';
import { AdoptAll, AdoptTerritory } from '../../web/src/workspaces/analyse/adopt.tsx';
import { BestPossible } from '../../web/src/workspaces/analyse/best-possible.tsx';
import { CommuneMoves } from '../../web/src/workspaces/analyse/commune-moves.tsx';
import { withSides } from '../../web/src/workspaces/analyse/compare-runs/map.ts';
import { RunComparison } from '../../web/src/workspaces/analyse/compare-runs/panel.tsx';
import { askedOf } from '../../web/src/workspaces/analyse/describe-run.ts';
import { Improve } from '../../web/src/workspaces/analyse/improve.tsx';
import { AnalysePanel } from '../../web/src/workspaces/analyse/panel.tsx';
import { withPlaced } from '../../web/src/workspaces/analyse/placed-marks.ts';
import { ProposalPanel } from '../../web/src/workspaces/analyse/proposal-panel.tsx';
import { RunDetail } from '../../web/src/workspaces/analyse/run-detail.tsx';
import { proposalScene } from '../../web/src/workspaces/analyse/scene.ts';
import { TerritoryCard } from '../../web/src/workspaces/analyse/territory-card.tsx';
import { Explained } from '../../web/src/workspaces/analyse/territory-explanation.tsx';
import { runTable } from '../../web/src/workspaces/tables/runs.ts';
import { territoryTable } from '../../web/src/workspaces/tables/territories.ts';
import { page, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 2);
const [west, middle] = [region.code[0]!, region.code[1]!];
const territory = (id: number, name: string, units: string[]) => ({
  ...{ id, name, units, population: 1, li: null, inBand: true, reason: null },
  ...{ cpts: null, kept: false },
});
const indicators = (inside: number) => ({
  ...{ territories: 2, inBand: 2, reachablePopulation: 1, inBandPopulation: 1, inBandShare: 1 },
  ...{ inside, pieces: 0, compactness: 0.3125 },
});
const run = {
  id: 3,
  status: 'done',
  parameters: defaultProposalParameters,
  ...{ seconds: null, threads: null, engine: 'crossed-3', createdAt: '2026-01-15T00:00:00Z' },
  indicators: indicators(0.5),
  territories: [territory(0, 'Ouest', [west]), territory(4, 'Est', region.code.slice(1))],
} as unknown as Proposal;
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const shown = () => (document.body.textContent ?? '').replace(/\s/g, ' ');
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent === name);

let stop = () => {};
beforeEach(() => {
  serve({});
  boot.value = { phase: 'ready', region };
  go({ ...homeAddress, view: 'territories', run: 3 });
  runs.put('all', [run, { ...run, id: 2 }]);
  proposal.put('3', run);
  cptsList.put('all', []);
});
afterEach(() => {
  stop();
  stop = () => {};
  underWay.value = null;
  render(null, document.body);
  vi.unstubAllGlobals();
});

it('adopts every territory that is none yet', async () => {
  const sent: string[] = [];
  serve({
    'POST /api/proposals/3/adopt': (path, init) => {
      sent.push(`${path} ${init.body}`);
      return { created: [0, 4].map((id) => ({ territory: id, cpts: 10 + id, name: 'x' })) };
    },
    'GET /api/cpts': () => page([]),
    'GET /api/overlaps': () => page([]),
  });
  render(<AdoptAll shown={run} />, document.body);
  expect(shown()).toContain('Crée 2 CPTS à l’étape « Idée »');
  button('Adopter tous les territoires')!.click();
  await settled();
  expect(notAdopted.value).toEqual([]);
  expect(shown()).toContain('Tous les territoires de cette proposition sont adoptés');
  expect(sent).toEqual(['/api/proposals/3/adopt {}']);
});

/** A CPTS as the list has it. */
const cpts = (id: number, units: string[], more: object = {}) => ({
  ...{ id, name: `CPTS ${id}`, units, status: 'idea', version: 1, recognised: false },
  ...{ createdAt: '2026-01-01T00:00:00Z', ...more },
});
/** The run with its territories adopted as 10 and 14. */
const adoptedRun = {
  ...run,
  createdAt: '2026-02-01T00:00:00Z',
  territories: run.territories.map((one) => ({ ...one, cpts: 10 + one.id })),
};

describe('an improvement around what was changed by hand', () => {
  const east = region.code.slice(1);
  const last = east.at(-1)!;
  const list = (...all: object[]) => cptsList.put('all', all as never);
  beforeEach(() => {
    proposal.put('3', adoptedRun);
  });

  it('holds what was touched and leaves free what is as it was adopted', () => {
    list(
      cpts(10, [west]),
      cpts(14, east.slice(1), { version: 2 }),
      cpts(20, [middle], { createdAt: '2026-03-01T00:00:00Z' }),
      cpts(21, [middle]),
      // Many at once come from another proposal or a file: nobody drew them one by one.
      cpts(30, [last], { createdAt: '2026-04-01T00:00:00Z' }),
      cpts(31, [middle], { createdAt: '2026-04-01T00:00:00Z' }),
      cpts(22, [last], { version: 3 }),
      cpts(23, [last], { status: 'aci_signed', recognised: true }),
      cpts(24, ['99999'], { version: 2 }),
    );
    expect(holdable.value.map((one) => [one.cpts.id, one.touch])).toEqual([
      [14, 'redrawn'],
      [20, 'drawn'],
      [22, 'drawn'],
      [10, null],
      [21, null],
      [30, null],
      [31, null],
    ]);
    expect(heldCpts.value.map(({ id }) => id)).toEqual([14, 20, 22]);
    // Redrawn back to what it was, a version more changes nothing; a step further does.
    list(
      cpts(10, [west], { version: 3 }),
      cpts(14, [...east].reverse(), { status: 'letter_of_intent' }),
    );
    expect(holdable.value.map((one) => [one.cpts.id, one.touch])).toEqual([
      [14, 'advanced'],
      [10, null],
    ]);
  });

  it('leaves out recognised CPTS that the wishes keep, whatever is ticked', () => {
    const kept = { ...adoptedRun.territories[0]!, kept: true };
    proposal.put('3', {
      ...adoptedRun,
      parameters: { ...run.parameters, keepCpts: true },
      territories: [kept, adoptedRun.territories[1]!],
    });
    list(cpts(10, [west], { status: 'aci_signed', recognised: true }), cpts(14, east));
    expect(holdable.value.map((one) => one.cpts.id)).toEqual([14]);
    render(<Improve run={3} />, document.body);
    expect(shown()).toContain('1 CPTS reconnue reste fixe');
    expect(button('Améliorer autour de mes changements')!.disabled).toBe(true);
  });

  it('says what is held and what is free, and sends what is ticked', async () => {
    list(cpts(10, [west]), cpts(14, east.slice(1), { version: 2 }));
    const sent: unknown[] = [];
    serve({
      'POST /api/proposals/3/improve': (_, init) => {
        sent.push(JSON.parse(String(init.body)));
        return { ...run, id: 5, status: 'queued' };
      },
      'GET /api/proposals/5': () => ({ ...run, id: 5, status: 'cancelled' }),
      'GET /api/proposals': () => page([run]),
    });
    render(<Improve run={3} />, document.body);
    expect(shown()).toContain('CPTS 14redessinée depuis son adoption');
    expect(shown()).toContain('CPTS 10telle qu’elle a été adoptée');
    expect(shown()).toContain('1 CPTS adoptée est libre');
    const boxes = [...document.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
    expect(boxes.map(({ checked }) => checked)).toEqual([true, false]);
    button('Améliorer autour de mes changements')!.click();
    await settled();
    expect(sent).toEqual([{ drafts: [14], locked: [], changes: [] }]);
  });

  it('has nothing to divide when everything is held, or nothing was changed', async () => {
    list(cpts(10, [west]), cpts(14, east));
    render(<Improve run={3} />, document.body);
    const start = () => button('Améliorer autour de mes changements')!;
    expect(start().disabled).toBe(true);
    expect(shown()).toContain('Rien n’a été changé');
    hold(10, true);
    await settled();
    expect(start().disabled).toBe(false);
    hold(14, true);
    await settled();
    expect(start().disabled).toBe(true);
    expect(shown()).toContain('il ne reste rien à redécouper');
    // Another run begins with its own choice.
    proposal.put('6', { ...adoptedRun, id: 6 });
    expect(heldCpts.value).toEqual([]);
  });

  it('names two CPTS to hold that share a commune before anything is sent', async () => {
    list(cpts(10, [west, middle], { version: 2 }), cpts(14, east.slice(0, -1), { version: 2 }));
    const calls = serve({});
    render(<Improve run={3} />, document.body);
    expect(shown()).toContain('« CPTS 10 » et « CPTS 14 » ne peuvent pas être tenues');
    expect(shown()).toContain('Orléans est dans l’une et dans l’autre');
    expect(button('Améliorer autour de mes changements')!.disabled).toBe(true);
    expect(button('Modifier «\u00a0CPTS 14\u00a0»')).toBeDefined();
    hold(10, false);
    await settled();
    expect(shown()).not.toContain('ne peuvent pas être tenues');
    expect(button('Améliorer autour de mes changements')!.disabled).toBe(false);
    expect(calls).toEqual([]);
  });

  it('offers to take back what was adopted from the proposals that it improves', async () => {
    const improves = { proposal: 3, changes: [], locked: [], drafts: [14], around: 'neighbours' };
    const better = {
      ...run,
      id: 7,
      parameters: { ...run.parameters, improves },
      territories: [run.territories[0]!, { ...run.territories[1]!, cpts: 14, kept: true }],
    } as Proposal;
    list(cpts(10, [west]), cpts(14, east, { version: 2 }));
    proposal.put('7', better);
    const sent: unknown[] = [];
    serve({
      'GET /api/proposals/3': () => adoptedRun,
      'POST /api/proposals/3/adopt/undo': (_, init) => {
        sent.push(JSON.parse(String(init.body)));
        return { removed: [10], kept: [] };
      },
      'GET /api/cpts': () => page([cpts(14, east, { version: 2 })]),
      'GET /api/overlaps': () => page([]),
    });
    render(<AdoptAll shown={better} />, document.body);
    const told = '1 CPTS adoptée de la proposition nᵒ 3, que celle-ci améliore';
    await vi.waitFor(() => expect(shown()).toContain(told));
    button('Annuler cette adoption')!.click();
    await vi.waitFor(() => expect(shown()).not.toContain('que celle-ci améliore'));
    expect(sent).toEqual([{ cpts: [10] }]);
  });
});

it('takes an adoption back while the drafts were drawn once, and says what it had to leave', async () => {
  const drawn = (id: number, version: number) => cpts(id, [west], { version });
  proposal.put('3', adoptedRun);
  cptsList.put('all', [drawn(10, 1), drawn(14, 2)] as never);
  const sent: unknown[] = [];
  let answer = { removed: [10], kept: [] as { cpts: number; name: string }[] };
  serve({
    'POST /api/proposals/3/adopt/undo': (_, init) => {
      sent.push(JSON.parse(String(init.body)));
      return answer;
    },
    'GET /api/cpts': () => page([drawn(14, 2)]),
    'GET /api/overlaps': () => page([]),
  });
  render(<AdoptAll shown={run} />, document.body);
  expect(shown()).toContain('1 CPTS adoptée n’a pas été modifiée depuis.');
  button('Annuler l’adoption')!.click();
  await settled();
  expect(sent).toEqual([{ cpts: [10] }]);
  expect(notAdopted.value.map(({ id }) => id)).toEqual([0]);
  // Drawn anew since, the other is not offered.
  expect(button('Annuler l’adoption')).toBeUndefined();

  proposal.put('3', adoptedRun);
  cptsList.put('all', [drawn(10, 1), drawn(14, 1)] as never);
  answer = { removed: [10], kept: [{ cpts: 14, name: 'CPTS 14' }] };
  await settled();
  button('Annuler ces adoptions')!.click();
  await settled();
  expect(sent[1]).toEqual({ cpts: [10, 14] });
  expect(announcement.value.replace(/\s/g, ' ')).toBe(
    '1 CPTS supprimée : adoption annulée. 1 CPTS modifiée ou partagée depuis reste.',
  );
});

it('counts kept CPTS apart from those adopted, and does not offer to take them back', () => {
  const kept = { ...run.territories[0]!, cpts: 10, kept: true };
  proposal.put('3', { ...run, territories: [kept, run.territories[1]!] });
  cptsList.put('all', [{ id: 10, status: 'idea', version: 1, name: 'x', units: [west] }] as never);
  render(<AdoptAll shown={run} />, document.body);
  expect(shown()).toContain('aucun territoire adopté · 1 CPTS gardée');
  expect(button('Annuler l’adoption')).toBeUndefined();
  render(<AdoptTerritory run={3} territory={kept} />, document.body);
  expect(shown()).toContain('CPTS gardée : x');
  render(null, document.body);
  // One alone is named as all are.
  render(<AdoptTerritory run={3} territory={run.territories[1]!} />, document.body);
  expect(document.querySelector('input')?.value).toBe('Est');
});

it('offers to take back one adoption in the card of its territory', async () => {
  cptsList.put('all', [{ id: 10, status: 'idea', version: 1, name: 'x', units: [west] }] as never);
  const mine = { ...run.territories[0]!, cpts: 10 };
  proposal.put('3', { ...run, territories: [mine, run.territories[1]!] });
  const sent = serve({
    'POST /api/proposals/3/adopt/undo': () => ({ removed: [10], kept: [] }),
    'GET /api/cpts': () => page([]),
    'GET /api/overlaps': () => page([]),
  });
  render(<AdoptTerritory run={3} territory={mine} />, document.body);
  button('Annuler l’adoption')!.click();
  await settled();
  expect(sent[0]).toBe('POST /api/proposals/3/adopt/undo');
  expect(notAdopted.value.map(({ id }) => id)).toEqual([0, 4]);
});

it('sets two runs side by side, and marks the communes that change side', async () => {
  const other = [west, middle];
  serve({
    'GET /api/proposals/3/comparison': () => ({
      ...{ run: 3, with: 2, indicators: indicators(0.5), otherIndicators: indicators(0.625) },
      ...{ population: 2000, common: { communes: 4, whole: false } },
      care: [
        { kind: 'general', run: 0.75, with: null },
        { kind: 'specialist', run: 0.25, with: 0.375 },
      ],
      territories: [
        { territory: 4, other: 4, population: 9000 },
        { territory: 0, other: null, population: 0 },
        { territory: null, other: 0, population: 0 },
      ],
      wished: {
        poles: { run: 1, with: 0.75 },
        target: { inhabitants: 65_000, run: 0.125, with: 0.25 },
      },
      communes: [{ code: middle, name: 'Orléans', population: 2000, territory: 4, other: 0 }],
    }),
    'GET /api/proposals/2': () => ({
      ...run,
      id: 2,
      territories: [territory(0, 'Ouest', other), territory(4, 'Est', region.code.slice(2))],
    }),
  });
  stop = followRunComparison();
  go({ comparedRun: 2 });
  await settled();
  render(<RunComparison />, document.body);
  for (const piece of ['50,0 %62,5 %', '0,313', '1 commune change de côté', '2 000 hab.'])
    expect(shown()).toContain(piece);
  for (const piece of ['Pôles séparés100,0 %75,0 %', 'Écart moyen à 65 000 hab.12,5 %25,0 %'])
    expect(shown()).toContain(piece);
  for (const piece of ['Médecine générale75,0 %—', 'Médecins spécialistes25,0 %37,5 %'])
    expect(shown()).toContain(piece);
  expect(shown()).toContain('sur les 4 communes communes aux deux périmètres');
  // Matched one to one: who is left is named, and two of one name are told apart.
  expect(shown()).toContain('1 territoire de la nᵒ 3 sans vis-à-vis : Ouest (0).');
  expect(shown()).toContain('1 territoire de la nᵒ 2 sans vis-à-vis : Ouest (0).');
  expect(shown()).toContain('Est ↔ Est9 000 hab.');
  expect(shown()).toMatch(/Orléans.*Est.*Ouest \(0\)/);
  const scene = withSides(proposalScene(region, makeTerritoryMap(region, run), null), region);
  const changed = [...scene.marks].map((bits) => (bits & mark.changed) !== 0);
  expect(changed).toEqual([false, true, false, false, false, false]);
  // Where the other run alone has a border it is dashed.
  const { a, b } = region.borders;
  scene.edges.forEach((bits, line) => {
    const side = (unit: number) => (unit < 0 ? -1 : other.includes(region.code[unit]!) ? 0 : 1);
    const mine = (unit: number) => (unit < 0 ? -1 : unit === 0 ? 0 : 1);
    const alone = side(a[line]!) !== side(b[line]!) && mine(a[line]!) === mine(b[line]!);
    expect((bits & edge.draft) !== 0).toBe(alone);
  });
  // A run is not compared with itself.
  go({ run: 2 });
  expect(comparedRun.value).toBeNull();
  expect(address.value.comparedRun).toBe(2);
});

it('says so when two runs have nothing in common', async () => {
  serve({
    'GET /api/proposals/3/comparison': () => ({
      ...{ run: 3, with: 2, indicators: indicators(0), otherIndicators: indicators(0) },
      ...{ territories: [], population: 0, communes: [], common: { communes: 0, whole: false } },
      ...{ care: [], wished: { poles: null, target: null } },
    }),
    'GET /api/proposals/2': () => ({ ...run, id: 2 }),
  });
  stop = followRunComparison();
  go({ comparedRun: 2 });
  await settled();
  render(<RunComparison />, document.body);
  expect(shown()).toContain('aucune commune en commun');
  expect(document.querySelector('table')).toBeNull();
});

it('keeps what is outside the scope apart from what cannot be in the band', async () => {
  const everyone = region.population.reduce((sum, people) => sum + people, 0);
  const population = everyone - 4000;
  proposal.put('3', {
    ...run,
    indicators: { ...run.indicators!, reachablePopulation: population - 1000 },
    territories: [{ ...run.territories[0]!, population }],
  });
  serve({ 'GET /api/proposals/3/bound': () => ({ run: 3, status: 'none', message: null }) });
  render(<ProposalPanel />, document.body);
  expect(shown()).toContain('pour la fourchette : 1 000 hab.');
  expect(shown()).toContain('hors périmètre : 4 000 hab.');
});

it('warns of territories that keep almost no care, in the figures, the list and the card', () => {
  const people = { population: 40_000 };
  const territories = [
    { ...run.territories[0]!, ...people, li: 0.0199 },
    { ...run.territories[1]!, ...people, li: 0.05 },
  ];
  proposal.put('3', { ...run, territories });
  render(<ProposalPanel />, document.body);
  expect(shown()).toContain('1 territoire garde moins de 5 % des soins de ses habitants');
  const cells = [...document.querySelectorAll('[role=gridcell]')].map(({ textContent }) =>
    (textContent ?? '').replace(/\s/g, ' '),
  );
  expect(cells).toContain('⚠ 2,0 %');
  expect(cells).toContain('5,0 %');
  const card = (id: number) => render(<TerritoryCard region={region} id={id} />, document.body);
  card(0);
  expect(shown()).toContain('Il ne garde presque aucun soin : 2,0 % de ceux de ses habitants');
  card(4);
  expect(shown()).not.toContain('presque aucun soin');
  // Without a known flow, nothing is said.
  proposal.put('3', { ...run, territories: territories.map((one) => ({ ...one, li: null })) });
  render(<ProposalPanel />, document.body);
  expect(shown()).not.toContain('moins de 5 %');
});

it('sets runs without a result apart, and takes one off the list', async () => {
  const failed = { ...run, id: 4, status: 'failed', message: 'Impossible.', territories: [] };
  const left = [run];
  const calls = serve({
    'DELETE /api/proposals/4': () => undefined,
    'GET /api/proposals': () => page(left),
  });
  runs.put('all', [failed as never, run]);
  proposal.put('4', failed as never);
  go({ run: 4 });
  render(<ProposalPanel />, document.body);
  expect(document.querySelector('optgroup')?.label).toBe('Sans résultat');
  expect(document.querySelector('optgroup')?.textContent).toContain('nᵒ 4');
  button('Retirer de la liste')!.click();
  await settled();
  expect(calls.slice(0, 2)).toEqual(['DELETE /api/proposals/4', 'GET /api/proposals']);
  expect(address.value.run).toBeNull();
});

it('says which flows and which department a run was asked for', async () => {
  datasets.put('all', [{ id: 2, name: 'Extrait 2026', specialties: [] }] as never);
  serve({
    'GET /api/place-names': () => ({
      vintage: region.vintage,
      ...{ postal: [], epci: { code: [], name: [] } },
      department: { code: ['18'], name: ['Cher'] },
    }),
  });
  await loadPlaceNames();
  const parameters = { ...run.parameters, flowDataset: 2 };
  const told = askedOf({
    ...run,
    parameters: { ...parameters, scope: { kind: 'departments', codes: ['18'] } },
  });
  expect(told).toContain('Extrait 2026');
  expect(told).toContain('Cher (18)');
  datasets.clear();
});

it('names the communes that a run tied, and takes its wishes up again', async () => {
  const parameters = {
    ...run.parameters,
    ...{
      seed: 7,
      together: [[west, middle]],
      apart: [[west, region.code[2]!]] as [string, string][],
    },
    improves: { proposal: 2, changes: [], locked: [middle], drafts: [10], around: 'all' as const },
  };
  const tied = { ...run, parameters, seconds: 4.25, engine: 'crossed-3', threads: 2 };
  expect(askedOf(tied)).toContain('ensemble\u00a0: Olivet et Orléans');
  expect(askedOf(tied)).toContain('séparées\u00a0: Olivet et Saint-Hilaire');
  cptsList.put('all', [cpts(10, [west])] as never);
  render(<RunDetail run={tied} />, document.body);
  for (const piece of ['4,3 s', 'crossed-3 (fils : 2)', 'Graine7', 'CPTS tenuesCPTS 10'])
    expect(shown()).toContain(piece);
  expect(shown()).toContain('Communes gardées sur placeOrléans');
  formOpen.value = false;
  button('Reprendre ces souhaits')!.click();
  expect(formOpen.value).toBe(true);
  const { improves: _, ...asked } = parameters;
  expect(wishes.value).toEqual(asked);
  resetWishes();
  formOpen.value = false;
});

it('shows the figures of each run in the list, and of all in a table', () => {
  const weighed = { ...run.parameters, wholeEpci: true };
  const other = { ...run, id: 2, parameters: weighed, indicators: indicators(0.625), seconds: 3 };
  runs.put('all', [run, other, { ...run, id: 1, status: 'failed', indicators: null }]);
  render(<ProposalPanel />, document.body);
  const option = document.querySelector('option[value="2"]')?.textContent?.replace(/\s/g, ' ');
  expect(option).toContain('nᵒ 2 · 2 terr. · 62,5 % gardés · 100,0 % en fourchette');
  button('Comparer les chiffres des 2 propositions')!.click();
  expect([drawerOpen.value, drawerTable.value]).toEqual([true, 'runs']);
  const { rows, columns, onSelect } = runTable.value;
  expect(rows.map(({ own }) => own)).toEqual(['', 'intercommunalités tenues entières']);
  const csv = toCsv(sortRows(rows, columns, { key: 'inside', descending: true }), columns);
  expect(csv.split('\r\n')[1]).toMatch(/^2;intercommunalités tenues entières;2;0,625;1;0,3125;;3;/);
  onSelect(rows[1]!);
  expect(address.value.run).toBe(2);
  drawerOpen.value = false;
});

it('tells apart runs whose wishes differ by a weight or by how hard they are', () => {
  const weights = { border: 0.05, epci: 0, target: 0, poles: 0 };
  const told = [
    {},
    { weights: { ...weights, border: 0 } },
    { weights: { ...weights, border: 0.3 } },
    { weights: { ...weights, epci: 0.3 } },
    { wholeEpci: true },
    { weights: { ...weights, target: 0.1 } },
    { weights: { ...weights, target: 0.1 }, target: 50_000 },
    { weights: { ...weights, poles: 0.1 } },
    { specialtyWeights: { cardiologie: 2 } },
    { specialtyWeights: { cardiologie: 0 } },
  ].map((wishes) => askedOf({ ...run, parameters: { ...run.parameters, ...wishes } }));
  expect(new Set(told).size).toBe(told.length);
  expect(told[6]!.replace(/\s/g, ' ')).toContain('vise 50 000 hab. (poids 0,1)');
  expect(told[4]).toContain('intercommunalités tenues entières');
});

it('says that the dataset of the address is not there', () => {
  datasets.put('all', [{ id: 2, name: 'Extrait', specialties: [] }] as never);
  go({ view: 'poles', dataset: 99 });
  render(<AnalysePanel />, document.body);
  expect(shown()).toContain('Le jeu de flux nᵒ 99 que demande l’adresse n’existe pas');
  go({ dataset: 2 });
  render(<AnalysePanel />, document.body);
  datasets.clear();
});

it('tells how much better is possible once asked, and follows the proof until it ends', async () => {
  const told = {
    ...{ run: 3, asAsked: true, progress: 0, inside: 0.5 },
    ...{ bound: null, better: null, message: null },
  };
  const now = { ...told, progress: 0.5, bound: 0.6, better: 0.2 };
  const sent = serve({
    'GET /api/proposals/3/bound': () => ({ ...told, status: 'none' }),
    'POST /api/proposals/3/bound': () => ({ ...now, status: 'running' }),
    'DELETE /api/proposals/3/bound': () => ({
      ...now,
      progress: 0,
      bound: 0.55,
      better: 0.1,
      status: 'stopped',
    }),
  });
  stop = followBound();
  render(<BestPossible run={3} />, document.body);
  await settled();
  const only = button('Mesurer la distance au meilleur découpage')!;
  only.focus();
  only.click();
  await settled();
  expect(shown()).toContain('au plus 20,0 % de mieux');
  expect(shown()).toContain('aucun découpage ne garde plus de 60,0 % des flux. La preuve continue');
  expect(document.querySelector('progress')?.value).toBe(0.5);
  button('Arrêter la preuve')!.click();
  await settled();
  expect(shown()).toContain('au plus 10,0 % de mieux');
  expect(document.querySelector('progress')).toBeNull();
  expect(shown()).toContain('reprise, elle peut encore resserrer ce chiffre');
  expect(document.activeElement).toBe(only);
  button('Reprendre la preuve')!.click();
  await settled();
  expect(document.querySelector('progress')?.value).toBe(0.5);
  // The run that an earlier test left is still asked for.
  const proof = sent.filter((call) => call.endsWith('/bound'));
  expect(proof).toEqual(
    ['GET', 'POST', 'DELETE', 'POST'].map((verb) => `${verb} /api/proposals/3/bound`),
  );
  // Territories that miss the band: the bound says nothing of them.
  bound.put('3', { ...now, better: null, status: 'done' });
  await settled();
  expect(button('Reprendre la preuve')).toBeUndefined();
  expect(shown()).not.toContain('redessinées depuis');
  expect(shown()).toContain('ne s’y compare pas');
});

it('explains a territory, and what the move of a commune would change', async () => {
  serve({
    'GET /api/proposals/3/explanation': () => ({
      run: 3,
      asAsked: false,
      ...{ inside: 0.5, care: [] },
      territories: [
        {
          ...{ id: 0, population: 1, care: [], li: 0.5, msi: 0.75, patients: 10, compactness: 0.4 },
          leaks: [
            { territory: 4, patients: 3, share: 0.3 },
            { territory: null, patients: 1, share: 0.1 },
          ],
          epciCut: [{ code: '2', name: 'CC du Val', share: 0.2 }],
          poles: [{ code: west, name: 'Olivet' }],
          binding: ['ceiling'],
        },
      ],
    }),
    'GET /api/proposals/3/units': () => ({
      ...{ run: 3, asAsked: true, code: middle, name: 'Orléans', population: 2000, territory: 4 },
      alternatives: [
        {
          ...{ territory: 0, patients: -120, inside: -0.0002 },
          ...{ populationFrom: 18000, populationTo: 3000, obstacles: ['floor'], outweighedBy: [] },
        },
        {
          ...{ territory: 9, patients: 12, inside: 0.0001, populationFrom: 1, populationTo: 2 },
          ...{ obstacles: [], outweighedBy: ['border'] },
        },
      ],
    }),
  });
  stop = followExplanations();
  const map = makeTerritoryMap(region, run);
  go({ selection: { kind: 'territory', id: 0 } });
  await settled();
  render(<Explained map={map} id={0} />, document.body);
  for (const piece of ['75,0 %', 'Est30,0 %', 'hors des territoires', 'CC du Val20,0 %', 'plafond'])
    expect(shown()).toContain(piece);
  expect(shown()).toContain('peut tenir compte de CPTS redessinées depuis');
  go({ selection: { kind: 'unit', code: middle } });
  await settled();
  render(<CommuneMoves map={map} code={middle} />, document.body);
  for (const piece of ['Ouest · meilleure', '120 patients par an de moins', '−0,020', 'plancher'])
    expect(shown()).toContain(piece);
  expect(shown()).toContain('Possible, mais la compacité pèse plus que ces soins');
  // Under a floor the search may make room; where a limit lies between it never can.
  const pressed = (name: string) => button(name)!.getAttribute('aria-pressed');
  const sent: unknown[] = [];
  serve({
    'POST /api/proposals/3/improve': (_, init) => {
      sent.push(JSON.parse(String(init.body)));
      return { ...run, id: 5, status: 'queued' };
    },
    'GET /api/proposals/5': () => ({ ...run, id: 5, status: 'cancelled' }),
    'GET /api/proposals': () => page([run]),
  });
  button('Garder ici')!.click();
  await settled();
  expect(pressed('✓ Garder ici')).toBe('true');
  button('Déplacer vers Ouest')!.click();
  await settled();
  expect(pressed('Garder ici')).toBe('false');
  expect(pressed('✓ Déplacer vers Ouest')).toBe('true');
  place(region.code[2]!, 4);
  const { marks } = withPlaced(proposalScene(region, map, null), region);
  expect([...marks].map((bits) => (bits & mark.locked) !== 0)).toEqual([
    ...[false, true, true, false, false, false],
  ]);
  render(<Improve run={3} />, document.body);
  expect(shown()).toContain('Améliorer 2 communes placées');
  expect(shown()).toContain('Orléans va de Est à Ouest');
  expect(shown()).toContain('Saint-Hilaire reste dans Est');
  button('Améliorer autour de mes changements')!.click();
  await settled();
  const changes = [{ unit: middle, territory: 0 }];
  expect(sent).toEqual([{ drafts: [], locked: [region.code[2]], changes }]);
  button('Retirer')!.click();
  await settled();
  expect(shown()).not.toContain('Orléans');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Ne plus placer Saint-Hilaire');
  button('Retirer')!.click();
  await settled();
  expect(shown()).toContain('rien n’est tenu');
});

it('tells general practice from specialists, for the run, a territory and the file', async () => {
  const kept = (general: number, specialist: number | null) => [
    { kind: 'general', patients: 10, inside: general },
    { kind: 'specialist', patients: 5, inside: specialist },
  ];
  const told = {
    ...{ population: 1, li: 0.5, msi: null, patients: 10, compactness: null },
    ...{ leaks: [], epciCut: [], poles: [], binding: [] },
  };
  serve({
    'GET /api/proposals/3/explanation': () => ({
      ...{ run: 3, asAsked: true, inside: 0.5, care: kept(0.75, 0.25) },
      territories: [
        { ...told, id: 0, care: kept(0.875, null) },
        { ...told, id: 4, care: kept(0.625, 0.125) },
      ],
    }),
  });
  const specialty = (key: string) => ({ key, label: key, maskedCells: 0 });
  const specialties = ['medecin-generaliste', 'orl'].map(specialty);
  datasets.put('all', [{ id: 1, kind: 'extract', name: 'Extrait', specialties }] as never);
  const parameters = { ...run.parameters, flowDataset: 1, specialtyWeights: { orl: 2 } };
  const weighed = { ...run, parameters };
  proposal.put('3', weighed);
  explanation.clear();
  render(<ProposalPanel />, document.body);
  // Their place is kept while the explanation is on its way.
  expect(shown()).toContain('Médecine générale…Médecins spécialistes…Compacité');
  expect(territoryTable.value.columns.map(({ key }) => key)).not.toContain('li-general');
  stop = followExplanations();
  await settled();
  expect(shown()).toContain('aux poids demandés ; ci-dessous, chaque patient compte une fois');
  expect(shown()).toContain('Médecine générale75,0 %Médecins spécialistes25,0 %');
  render(<Explained map={makeTerritoryMap(region, weighed)} id={0} />, document.body);
  expect(shown()).toContain('Médecine générale87,5 %Médecins spécialistes—');
  const cells = territoryTable.value.columns
    .filter(({ key }) => key.startsWith('li-'))
    .map(({ label, value }) => [label, ...territoryTable.value.rows.map(value)]);
  expect(cells).toEqual([
    ['LI médecine générale', 0.875, 0.625],
    ['LI médecins spécialistes', null, 0.125],
  ]);
  datasets.clear();
});
