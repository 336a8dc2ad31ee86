import { readFile } from 'node:fs/promises';
import { flowMatrix } from '../core/flows/matrix.ts';
import { buildAdjacency } from '../core/graph/adjacency.ts';
import type { ProposalInput } from '../core/proposal/input.ts';
import { DomainError } from '../errors.ts';
import { type Instance, mistakeIn } from './instance-shape.ts';

/**
 * Reads a proposal instance from a JSON file (see `shared/bench/README.md`).
 *
 * @throws DomainError `no_such_file` or `unreadable_file`, with what was expected and where.
 */
export async function readInstance(file: string): Promise<Omit<ProposalInput, 'seed'>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DomainError(
      'no_such_file',
      `Le fichier ${file} ne peut pas être lu : vérifiez son nom et vos droits.`,
      undefined,
      { cause },
    );
  });
  let instance: unknown;
  try {
    instance = JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, 'ce n’est pas du JSON', cause);
  }
  const misshapen = mistakeIn(instance);
  if (misshapen) throw unreadable(file, misshapen);
  const { meta, nodes, edges, flows } = instance as Instance;
  const wrong =
    wrongBand(meta) ??
    wrongUnits('edges', edges, nodes.length) ??
    wrongUnits('flows', flows, nodes.length);
  if (wrong) throw unreadable(file, wrong);
  const column = (rows: readonly (readonly number[])[], k: number) =>
    rows.map((row) => row[k] ?? 0);
  return {
    population: nodes.map(({ population }) => population),
    epci: nodes.map(({ epci }) => epci),
    adjacency: buildAdjacency(
      nodes.length,
      column(edges, 0),
      column(edges, 1),
      edges.map(([, , km]) => km * 1000),
    ),
    flow: flowMatrix(nodes.length, column(flows, 0), column(flows, 1), column(flows, 2)),
    floor: meta.pop_min,
    ceiling: meta.pop_max,
  };
}

function wrongBand({ pop_min: floor, pop_max: ceiling }: Instance['meta']): string | null {
  if (floor > 0 && floor <= ceiling) return null;
  return floor > 0
    ? `en /meta, pop_min (${floor}) dépasse pop_max (${ceiling}) : échangez-les ou corrigez l’un des deux`
    : `en /meta/pop_min, il faut un nombre supérieur à 0, pas ${floor}`;
}

/** Edges and flows name units by their place, from 0; an edge joins two. */
function wrongUnits(
  list: 'edges' | 'flows',
  rows: readonly (readonly number[])[],
  units: number,
): string | null {
  for (const [k, [u = 0, v = 0]] of rows.entries()) {
    const stray = [u, v].find((unit) => !Number.isInteger(unit) || unit >= units);
    if (stray !== undefined) {
      return `en /${list}/${k}, l’unité ${stray} n’existe pas : il y en a ${units}, comptées à partir de 0`;
    }
    if (list === 'edges' && u === v) {
      return `en /edges/${k}, l’unité ${u} est deux fois : il faut les deux côtés d’une limite`;
    }
  }
  return null;
}

function unreadable(file: string, why: string, cause?: unknown): DomainError {
  return new DomainError(
    'unreadable_file',
    `Le fichier ${file} n’est pas une instance de proposition : ${why}. Il faut {meta: {pop_min, pop_max}, nodes, edges, flows}.`,
    undefined,
    { cause },
  );
}
