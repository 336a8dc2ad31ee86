import type { ColumnType, Generated } from 'kysely';
import type { CptsStatus } from '../contracts/cpts.ts';
import type { CptsStep } from '../contracts/cpts-life.ts';
import type { TerritoryFigures, VersionState } from '../contracts/cpts-versions.ts';
import type { FlowImportReport } from '../contracts/flow-imports.ts';
import type { FlowRunKind } from '../contracts/flow-runs.ts';
import type { SourceKind } from '../contracts/health.ts';
import type { PoleParameters, PoleRank } from '../contracts/poles.ts';
import type { ProposalIndicators, ProposalParameters, RunStatus } from '../contracts/proposals.ts';
import type { LinkKind } from '../contracts/sharing.ts';
import type { AsRead } from '../core/proposal/as-read.ts';
import type { Remark } from '../imports/rows.ts';
import type { AccountTables } from './account-tables.ts';
import type { Day, Geometry, Json, Stamp } from './column-types.ts';

export interface Schema extends AccountTables {
  vintage: {
    id: string;
    region_code: string;
    region_name: string;
    year: number | null;
    source_kind: SourceKind;
    source: string;
    supply_source: string | null;
    units: number;
    population: number;
    remarks: Json<Remark[]>;
    files_print: string | null;
    /** how many times its communes were divided otherwise */
    revision: Generated<number>;
    loaded_at: Stamp;
  };
  unit: {
    code: string;
    kind: string;
    name: string;
    search_name: string;
    /** the commune that it is a part of */
    parent: string | null;
    /** what territories are made of; false for a divided commune */
    leaf: Generated<boolean>;
    department: string;
    region: string;
    epci: string | null;
    population: number;
    area_km2: number;
    geom: Geometry;
    point: Geometry;
    vintage: string;
  };
  unit_border: {
    vintage: string;
    id: number;
    a: string;
    b: string | null;
    length_m: number;
    geom: Geometry;
  };
  division: {
    commune: string;
    source: string;
    by_area: boolean;
    remarks: Json<Remark[]>;
  };
  sector_code: { commune: string; given: number };
  /** a view: which part of a divided commune's residents each of its leaves has */
  leaf_share: {
    vintage: ColumnType<string, never, never>;
    commune: ColumnType<string, never, never>;
    leaf: ColumnType<string, never, never>;
    share: ColumnType<number, never, never>;
  };
  profession: { key: string; label: string; kind: string };
  supply: { unit: string; profession: string; count: number; source: string };
  flow_dataset: {
    id: Generated<number>;
    vintage: string;
    kind: 'extract' | 'modelled';
    name: string;
    provenance: string;
    parameters: Json<Record<string, unknown>>;
    created_at: Stamp;
    file_hash: string | null;
    report: ColumnType<FlowImportReport | null, string | null | undefined, string | null>;
  };
  flow_run: {
    id: Generated<number>;
    vintage: string;
    kind: FlowRunKind;
    name: string;
    status: Generated<RunStatus>;
    dataset: number | null;
    code: string | null;
    message: string | null;
    report: ColumnType<unknown, never, string | null>;
    seconds: number | null;
    created_at: Stamp;
  };
  flow_specialty: {
    dataset: number;
    key: string;
    label: string;
    patients: number;
    masked: Generated<number>;
  };
  flow_place: { id: Generated<number>; code: string };
  /** flows of one specialty out of one commune; communes are `flow_place.id` */
  flow_row: {
    dataset: number;
    origin: number;
    specialty: string;
    destinations: number[];
    patients: number[];
    masked: number[] | null;
    /** what an import found of the row; null where the analysis has to */
    firsts: Generated<number[] | null>;
    sums: Generated<number[] | null>;
    shaky: Generated<number | null>;
  };
  /** the same over all specialties, of the cells that `firsts` points to */
  flow_over_all: {
    dataset: number;
    origin: number;
    destinations: number[];
    patients: number[];
    masked: number[] | null;
    firsts: number[];
    sums: number[];
    shaky: number;
  };
  /** what places receive, where rows were ranked; places are `flow_place.id` */
  flow_inflow: {
    dataset: number;
    specialty: string;
    places: number[];
    patients: number[];
    masked: number[];
  };
  /** a view of `flow_row`, one flow a row */
  flow: {
    dataset: ColumnType<number, never, never>;
    specialty: ColumnType<string, never, never>;
    origin: ColumnType<string, never, never>;
    destination: ColumnType<string, never, never>;
    patients: ColumnType<number, never, never>;
    /** masked cells behind the row; fractional after a split */
    masked: ColumnType<number, never, never>;
  };
  pole_run: {
    id: Generated<number>;
    dataset: number;
    parameters: Json<PoleParameters>;
    parameters_hash: string;
    seconds: number;
    created_at: Stamp;
  };
  pole: {
    run: number;
    specialty: string;
    unit: string;
    pole: string | null;
    patients: number;
    rate: number;
    second: string | null;
    gap: number | null;
    entropy: number;
    agreement: number | null;
    fragile: boolean;
  };
  catchment: {
    run: number;
    specialty: string;
    pole: string;
    communes: number;
    population: number;
    patients: number;
    li: number;
    msi: number;
    net: number | null;
    rank: PoleRank;
  };
  proposal_run: {
    id: Generated<number>;
    vintage: string;
    dataset: number | null;
    parameters: Json<ProposalParameters>;
    seed: number;
    status: RunStatus;
    progress: Generated<number>;
    indicators: ColumnType<
      ProposalIndicators | null,
      string | null | undefined,
      string | null | undefined
    >;
    engine: string;
    threads: number | null;
    seconds: number | null;
    message: string | null;
    bound: ColumnType<number | null, never, number>;
    bound_complete: Generated<boolean>;
    as_read: ColumnType<AsRead | null, never, string>;
    created_at: Stamp;
  };
  proposal_territory: {
    run: number;
    territory: number;
    name: string;
    population: number;
    li: number | null;
    in_band: boolean;
    reason: string | null;
    cpts: number | null;
  };
  proposal_member: { run: number; territory: number; unit: string; leaf: Generated<boolean> };
  cpts: {
    id: Generated<number>;
    name: string;
    status: CptsStatus;
    recognised: ColumnType<boolean, never, never>;
    version: Generated<number>;
    forked_from: number | null;
    forked_version: number | null;
    /** day the present step took effect */
    since: Day;
    opposed_on: Day | null;
    opposed_by: string | null;
    opposed_reason: string | null;
    created_at: Stamp;
  };
  cpts_step: {
    cpts: number;
    number: number;
    step: CptsStep | 'create';
    status: CptsStatus;
    since: Day;
    actor: string;
    reason: string;
    at: Stamp;
  };
  agreement: { id: Generated<number>; author: string; note: string; at: Stamp };
  cpts_version: {
    cpts: number;
    number: number;
    author: string;
    at: Stamp;
    label: Generated<string>;
    note: Generated<string>;
    /** number of the version that it brought back */
    restores: number | null;
    units: string[];
    state: VersionState;
    since: Day | null;
    until: Day | null;
    based_on: number | null;
    author_account: number | null;
    agreement: number | null;
    agreed_by: string | null;
    accepted_by: string | null;
    decided_at: ColumnType<Date | null, never, never>;
    reason: string;
    geom: Geometry;
    /** null until the version was completed */
    indicators: ColumnType<TerritoryFigures | null, never, string>;
  };
  cpts_member: { cpts: number; unit: string; recognised: boolean; leaf: Generated<boolean> };
  share_link: {
    id: Generated<number>;
    cpts: number;
    kind: LinkKind;
    label: string;
    /** SHA-256 of the token, hexadecimal */
    token_hash: string;
    author: string;
    created_at: Stamp;
    used_at: ColumnType<Date | null, never, never>;
    revoked_at: ColumnType<Date | null, never, never>;
  };
  territory_comment: {
    id: Generated<number>;
    cpts: number;
    link: number | null;
    version: number;
    unit: string | null;
    author: string;
    body: string;
    at: Stamp;
    answer: ColumnType<string | null, never, never>;
    answered_by: ColumnType<string | null, never, never>;
    answered_at: ColumnType<Date | null, never, never>;
    closed_at: ColumnType<Date | null, never, never>;
  };
  event: {
    id: Generated<number>;
    at: Stamp;
    actor: string;
    verb: string;
    subject: string;
    request_id: string | null;
    /** of whoever caused it; null where nobody was signed in */
    account: number | null;
    before: ColumnType<unknown, string | null, never>;
    after: ColumnType<unknown, string | null, never>;
  };
}
