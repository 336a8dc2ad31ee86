import type { FlowMatrix } from '../flows/matrix.ts';
import { inflows, outflows } from '../flows/matrix.ts';

/** Place of a pole among the dominant flows. */
type Rank = 'dominant' | 'intermediate' | 'dominated';

/** A pole and the set T of the communes it attracts. */
export interface Catchment {
  pole: number;
  communes: number;
  /** inhabitants of T */
  population: number;
  /** patients a year treated at the pole, wherever they live */
  patients: number;
  /** localisation index F[T,T] / Σ_{i∈T} F[i,·], 0 to 1 */
  li: number;
  /** market share index F[T,T] / Σ_{j∈T} F[·,j], 0 to 1; 0 where nobody is treated in T */
  msi: number;
  /** inflow from outside T / outflow to outside T; null where nothing leaves */
  net: number | null;
  rank: Rank;
}

/**
 * The catchment of every pole, ascending. `pole[i]` is -1 for a unit in none; `dominator[i]` is the
 * place that dominates unit i (Nystuen–Dacey), or -1.
 */
export function catchments(
  m: FlowMatrix,
  pole: Int32Array,
  dominator: Int32Array,
  population: ArrayLike<number>,
): Catchment[] {
  const entering = inflows(m);
  const leaving = outflows(m);
  const dominates = new Set(dominator);
  const poles = [...new Set(pole)].filter((p) => p >= 0).sort((p, q) => p - q);
  return poles.map((p) => {
    let communes = 0;
    let residents = 0;
    let inside = 0;
    let out = 0;
    let into = 0;
    for (let i = 0; i < m.n; i++) {
      if (pole[i] !== p) continue;
      communes++;
      residents += population[i] ?? 0;
      out += leaving[i]!;
      into += entering[i]!;
      for (let e = m.offsets[i]!; e < m.offsets[i + 1]!; e++) {
        if (pole[m.destinations[e]!] === p) inside += m.patients[e]!;
      }
    }
    return {
      pole: p,
      communes,
      population: residents,
      patients: entering[p]!,
      li: Math.min(1, inside / out),
      msi: into > 0 ? Math.min(1, inside / into) : 0,
      // below a millionth it is what summing in another order leaves
      net: out - inside > 1e-6 ? Math.max(0, into - inside) / (out - inside) : null,
      rank: dominator[p]! < 0 ? 'dominant' : dominates.has(p) ? 'intermediate' : 'dominated',
    };
  });
}
