/** The format of `shared/bench`: units by their place, borders in km, flows in patients a year. */
export interface Instance {
  meta: { pop_min: number; pop_max: number };
  nodes: { population: number; epci: number }[];
  edges: [number, number, number][];
  flows: [number, number, number][];
}

/**
 * What keeps a value from being an instance, in French: « en /nodes/0, il manque epci »; null for one.
 * Written by hand: a library that checks a schema takes ten times longer to load than a region to read.
 */
export function mistakeIn(read: unknown): string | null {
  const wrong = lacking(read, '', ['meta', 'nodes', 'edges', 'flows']);
  if (wrong) return wrong;
  const { meta, nodes, edges, flows } = read as Record<keyof Instance, unknown>;
  return (
    counts(meta, '/meta', ['pop_min', 'pop_max']) ??
    each(nodes, '/nodes', node) ??
    each(edges, '/edges', three) ??
    each(flows, '/flows', three)
  );
}

type Check = (value: unknown, at: string) => string | null;

const node: Check = (value, at) => {
  const wrong = lacking(value, at, ['population', 'epci']) ?? counts(value, at, ['population']);
  if (wrong) return wrong;
  const { epci } = value as Instance['nodes'][number];
  return Number.isInteger(epci) ? null : `en ${at}/epci, il faut un nombre entier`;
};

/** Two unit numbers, and km or patients. */
const three: Check = (row, at) => {
  if (!Array.isArray(row)) return `en ${at}, il faut une liste`;
  if (row.length < 3) return `en ${at}, il faut trois nombres`;
  if (row.length > 3) return `en ${at}, il faut trois nombres, pas plus`;
  const k = row.findIndex((value) => !isCount(value));
  return k < 0 ? null : count(row[k], `${at}/${k}`);
};

/** An object with all these fields. */
function lacking(value: unknown, at: string, names: readonly string[]): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `en ${at || '/'}, il faut un objet`;
  }
  const missing = names.filter((name) => !Object.hasOwn(value, name));
  return missing.length > 0 ? `en ${at || '/'}, il manque ${missing.join(', ')}` : null;
}

function counts(value: unknown, at: string, names: readonly string[]): string | null {
  const wrong = lacking(value, at, names);
  if (wrong) return wrong;
  const held = value as Record<string, unknown>;
  const name = names.find((one) => !isCount(held[one]));
  return name === undefined ? null : count(held[name], `${at}/${name}`);
}

function each(list: unknown, at: string, check: Check): string | null {
  if (!Array.isArray(list)) return `en ${at}, il faut une liste`;
  // Of 600,000 flows, the path is spelt of the one that is wrong.
  const k = list.findIndex((value) => check(value, at) !== null);
  return k < 0 ? null : check(list[k], `${at}/${k}`);
}

function isCount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}

function count(value: unknown, at: string): string {
  return Number.isFinite(value)
    ? `en ${at}, il faut un nombre d’au moins 0`
    : `en ${at}, il faut un nombre`;
}
