/** Every failure a user can meet: a stable code → the HTTP status it answers with. */
const statusOf = {
  invalid_request: 400,
  foreign_origin: 403,
  unknown_route: 404,
  unknown_unit: 404,
  unknown_dataset: 404,
  unknown_specialty: 404,
  unknown_pole_run: 404,
  unknown_proposal: 404,
  unknown_flow_run: 404,
  unknown_upload: 404,
  no_report: 404,
  dataset_in_use: 409,
  file_too_large: 413,
  upload_cut: 400,
  disk_full: 507,
  unknown_territory: 404,
  unknown_cpts: 404,
  unknown_version: 404,
  unknown_link: 404,
  unknown_comment: 404,
  link_is_view_only: 403,
  too_many_comments: 409,
  unknown_vintage: 404,
  unknown_units: 422,
  ambiguous_content: 422,
  band_inverted: 422,
  no_weight: 422,
  too_many_flows: 422,
  contradictory_wishes: 422,
  runs_not_comparable: 422,
  no_flow_dataset: 409,
  not_cancellable: 409,
  proposal_not_done: 409,
  already_adopted: 409,
  territory_conflict: 409,
  cpts_closed: 409,
  cpts_recognised: 409,
  stale_version: 409,
  empty_territory: 422,
  already_divided: 409,
  not_divided: 409,
  division_in_use: 409,
  proposal_under_way: 409,
  line_does_not_cross: 422,
  population_mismatch: 422,
  nothing_to_divide: 422,
  too_many_requests: 429,
  too_many_runs: 429,
  body_too_large: 413,
  unsupported_media_type: 415,
  loading: 503,
  load_failed: 503,
  database_unreachable: 503,
  internal: 500,
  // Start-up and imports: told on the command line; by /api/health too until the program ends.
  invalid_configuration: 500,
  port_taken: 500,
  postgis_missing: 500,
  home_locked: 500,
  database_in_use: 500,
  unknown_region: 500,
  no_such_file: 422,
  unreadable_file: 422,
  empty_file: 422,
  no_code_column: 422,
  no_population_column: 422,
  missing_column: 422,
  duplicate_codes: 422,
  invalid_code: 422,
  invalid_number: 422,
  invalid_geometry: 422,
  duplicate_columns: 422,
  invalid_mapping: 422,
  rejected_rows: 422,
  line_too_long: 422,
  no_known_origin: 422,
  truncated_file: 422,
  unknown_file_kind: 422,
  zip_too_large: 422,
  shapefile_incomplete: 422,
  unknown_projection: 422,
  no_territory: 422,
  outside_region: 422,
  too_many_vertices: 422,
  too_many_territories: 422,
  file_too_slow: 422,
  already_imported: 409,
  import_cancelled: 409,
  no_unit_in_region: 422,
  no_specialty: 422,
  several_regions: 422,
  units_in_use: 409,
  region_overlap: 409,
  geo_api_unreachable: 503,
} as const;

export type ErrorCode = keyof typeof statusOf;

/** A failure with a stable English code and one French sentence that says what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, details?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return statusOf[this.code];
  }
}
