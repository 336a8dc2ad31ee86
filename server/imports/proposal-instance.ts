import { readFile } from 'node:fs/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { flowMatrix } from '../core/flows/matrix.ts';
import { buildAdjacency } from '../core/graph/adjacency.ts';
import type { ProposalInput } from '../core/proposal/input.ts';
import { DomainError } from '../errors.ts';

/** A unit number, or a count of patients or km. */
const Positive = Type.Number({ minimum: 0 });

/** The format of `shared/bench`: units by their place, borders in km, flows in patients a year. */
const Instance = Type.Object({
  meta: Type.Object({ pop_min: Positive, pop_max: Positive }),
  nodes: Type.Array(Type.Object({ population: Positive, epci: Type.Integer() })),
  edges: Type.Array(Type.Tuple([Positive, Positive, Positive])),
  flows: Type.Array(Type.Tuple([Positive, Positive, Positive])),
});

// Compiled: the country has 600,000 flows, which takes the uncompiled check seconds.
const check = Compile(Instance);

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
  if (!check.Check(instance)) {
    const [first] = check.Errors(instance);
    const where = first?.instancePath || '/';
    throw unreadable(file, `en ${where}, ${first?.message ?? 'une autre forme est attendue'}`);
  }
  const { meta, nodes, edges, flows } = instance;
  const column = (rows: readonly (readonly number[])[], k: number) =>
    rows.map((row) => row[k] ?? 0);
  try {
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
  } catch (cause) {
    throw unreadable(file, (cause as Error).message, cause);
  }
}

function unreadable(file: string, why: string, cause?: unknown): DomainError {
  return new DomainError(
    'unreadable_file',
    `Le fichier ${file} n’est pas une instance de proposition : ${why}. Il faut {meta: {pop_min, pop_max}, nodes, edges, flows}.`,
    undefined,
    { cause },
  );
}
