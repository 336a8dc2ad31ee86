import { computed, signal } from '@preact/signals';
import type { CptsStatus } from '../../../server/contracts/cpts.ts';
import { cptsStatusLabels } from '../../../server/core/cpts-status-labels.ts';
import type { PoleChoice } from './pole-map.ts';

/** Steps of a CPTS, in the order of its life. */
export const cptsSteps = Object.keys(cptsStatusLabels) as CptsStatus[];

export const workspaces = ['analyse', 'draw', 'control'] as const;
export type Workspace = (typeof workspaces)[number];

/** What is pointed at. `territory` is one of the proposal shown. */
export type Selection =
  | { kind: 'unit'; code: string }
  | { kind: 'pole'; code: string }
  | { kind: 'territory'; id: number }
  /** `review`: beside what it would change */
  | { kind: 'cpts'; id: number; review?: true }
  | { kind: 'overlap'; a: number; b: number }
  /** the zone blanche that holds this commune */
  | { kind: 'zone'; code: string };

interface Camera {
  zoom: number;
  lat: number;
  lon: number;
}

/** All that a link reopens as its sender saw it. */
export interface Address {
  workspace: Workspace;
  /** what Analyser paints */
  view: 'poles' | 'territories';
  /** null: the one the server names in its health */
  dataset: number | null;
  /** analysis of poles; null: the default one of the dataset */
  analysis: number | null;
  specialty: string;
  /** what the map of poles is compared with, on a second map beside it */
  compared: PoleChoice | null;
  /** proposal run; null: the latest one that is done */
  run: number | null;
  /** proposal run that it is compared with */
  comparedRun: number | null;
  /** what Contrôler shows of the CPTS */
  filter: CptsFilter;
  selection: Selection | null;
  camera: Camera | null;
}

/** Which CPTS Contrôler shows, and of which day. */
export interface CptsFilter {
  /** in the order of the life of a CPTS; none: all */
  steps: CptsStatus[];
  /** code; null: all */
  department: string | null;
  /** `2026-11-22`; null: as they are now */
  day: string | null;
}

export const wholeFilter: CptsFilter = { steps: [], department: null, day: null };

export const homeAddress: Address = {
  workspace: 'analyse',
  view: 'poles',
  dataset: null,
  analysis: null,
  specialty: 'all',
  compared: null,
  run: null,
  comparedRun: null,
  filter: wholeFilter,
  selection: null,
  camera: null,
};

/** The address speaks French, as people read and share it. */
const workspaceWords: Record<Workspace, string> = {
  analyse: 'analyser',
  draw: 'dessiner',
  control: 'controler',
};

export function formatAddress(address: Address): string {
  const query = new URLSearchParams();
  if (address.workspace !== 'analyse') query.set('espace', workspaceWords[address.workspace]);
  if (address.view === 'territories') query.set('vue', 'territoires');
  if (address.dataset !== null) query.set('jeu', String(address.dataset));
  if (address.analysis !== null) query.set('analyse', String(address.analysis));
  if (address.specialty !== 'all') query.set('specialite', address.specialty);
  if (address.compared) query.set('avec', formatChoice(address.compared));
  if (address.run !== null) query.set('proposition', String(address.run));
  if (address.comparedRun !== null) query.set('face', String(address.comparedRun));
  const { steps, department, day } = address.filter;
  if (steps.length > 0) query.set('etapes', steps.map((step) => stepWords[step]).join('/'));
  if (department !== null) query.set('departement', department);
  if (day !== null) query.set('au', day);
  if (address.selection) query.set(...selectionParameter(address.selection));
  if (address.selection?.kind === 'cpts' && address.selection.review) query.set('examen', 'oui');
  if (address.camera) {
    const { zoom, lat, lon } = address.camera;
    query.set('carte', `${zoom}/${lat}/${lon}`);
  }
  // Slashes are legal in a query and keep the position readable.
  return query.toString().replaceAll('%2F', '/');
}

function selectionParameter(selection: Selection): [string, string] {
  switch (selection.kind) {
    case 'unit':
      return ['commune', selection.code];
    case 'pole':
      return ['pole', selection.code];
    case 'territory':
      return ['territoire', String(selection.id)];
    case 'cpts':
      return ['cpts', String(selection.id)];
    case 'overlap':
      return ['chevauchement', `${selection.a}-${selection.b}`];
    case 'zone':
      return ['zone', selection.code];
  }
}

/** Reads an address; what it can't read is left at its default, since links get cut and edited. */
export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const word = query.get('espace');
  return {
    workspace: workspaces.find((w) => workspaceWords[w] === word) ?? 'analyse',
    view: query.get('vue') === 'territoires' ? 'territories' : 'poles',
    dataset: identifier(query.get('jeu')),
    analysis: identifier(query.get('analyse')),
    specialty: specialtyKey(query.get('specialite')) ?? 'all',
    compared: parseChoice(query.get('avec')),
    run: identifier(query.get('proposition')),
    comparedRun: identifier(query.get('face')),
    filter: parseFilter(query),
    selection: parseSelection(query),
    camera: parseCamera(query.get('carte')),
  };
}

/** `jeu/specialite`, or `jeu/analyse/specialite` where it is not the default analysis. */
function formatChoice({ dataset, run, specialty }: PoleChoice): string {
  return [dataset, ...(run === null ? [] : [run]), specialty].join('/');
}

function parseChoice(text: string | null): PoleChoice | null {
  const parts = (text ?? '').split('/');
  const dataset = identifier(parts[0]);
  const specialty = specialtyKey(parts.at(-1));
  const run = parts.length === 3 ? identifier(parts[1]) : null;
  const whole = parts.length === 2 || (parts.length === 3 && run !== null);
  return whole && dataset !== null && specialty ? { dataset, run, specialty } : null;
}

function specialtyKey(text: string | null | undefined): string | null {
  return text?.match(/^[a-z][a-z0-9-]{0,60}$/)?.[0] ?? null;
}

function parseSelection(query: URLSearchParams): Selection | null {
  const code = (name: string) =>
    query.get(name)?.match(/^[0-9][0-9AB][0-9]{3}([0-9]{4}|-[A-Z]{1,2})?$/)?.[0];
  const unit = code('commune');
  if (unit) return { kind: 'unit', code: unit };
  const pole = code('pole');
  if (pole) return { kind: 'pole', code: pole };
  const territory = query.get('territoire');
  if (territory && /^\d{1,9}$/.test(territory)) return { kind: 'territory', id: Number(territory) };
  const cpts = identifier(query.get('cpts'));
  if (cpts !== null) {
    return { kind: 'cpts', id: cpts, ...(query.get('examen') === 'oui' && { review: true }) };
  }
  const zone = code('zone');
  if (zone) return { kind: 'zone', code: zone };
  const [a, b] = (query.get('chevauchement') ?? '').split('-').map(identifier);
  return a && b ? { kind: 'overlap', a, b } : null;
}

const stepWords: Record<CptsStatus, string> = {
  idea: 'idee',
  letter_of_intent: 'lettre',
  territory_accepted: 'accepte',
  project_submitted: 'projet',
  project_validated: 'valide',
  aci_signed: 'contrat',
  closed: 'close',
};

function parseFilter(query: URLSearchParams): CptsFilter {
  const words = (query.get('etapes') ?? '').split('/');
  const department = query.get('departement');
  return {
    steps: cptsSteps.filter((step) => words.includes(stepWords[step])),
    department: department && /^([0-9][0-9AB]|97[0-9])$/.test(department) ? department : null,
    day: dayOf(query.get('au')),
  };
}

/** A day that there is: the 30th of February is none. */
function dayOf(text: string | null): string | null {
  if (!text || !/^[12]\d{3}-\d\d-\d\d$/.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}

function identifier(text: string | null | undefined): number | null {
  return text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function parseCamera(text: string | null): Camera | null {
  const parts = (text ?? '').split('/').map(Number);
  const [zoom, lat, lon] = parts;
  if (parts.length !== 3 || text === '' || !parts.every(Number.isFinite)) return null;
  if (zoom! < 0 || zoom! > 24 || Math.abs(lat!) > 85 || Math.abs(lon!) > 180) return null;
  return { zoom: zoom!, lat: lat!, lon: lon! };
}

export const address = signal<Address>(homeAddress);

/** Parts of the address, so that what reads one is not told each time the map moves. */
export const workspace = computed(() => address.value.workspace);
export const view = computed(() => address.value.view);
export const analysis = computed(() => address.value.analysis);
export const specialty = computed(() => address.value.specialty);
export const selection = computed(() => address.value.selection);
export const filter = computed(() => address.value.filter);

/** Counts the moves made by the browser's back and forward, which move the map too. */
export const returns = signal(0);

/** Reads the address of the window and follows its history from now on. */
export function followHistory(): void {
  address.value = parseAddress(location.search);
  addEventListener('popstate', () => {
    address.value = parseAddress(location.search);
    returns.value++;
  });
}

/** Changes the address; `replace` leaves no step to come back to, as when the map moves. */
export function go(change: Partial<Address>, { replace = false } = {}): void {
  const next = { ...address.peek(), ...change };
  const before = formatAddress(address.peek());
  const after = formatAddress(next);
  address.value = next;
  if (before === after) return;
  const url = after ? `?${after}` : location.pathname;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
}

export const select = (selection: Selection | null) => go({ selection });

/** What stays selected elsewhere: a commune, since a pole or a territory means nothing there. */
export const communeSelected = (): Selection | null =>
  selection.peek()?.kind === 'unit' ? selection.peek() : null;
