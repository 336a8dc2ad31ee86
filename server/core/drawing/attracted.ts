import type { Territory } from './territory.ts';

/**
 * Units beside a territory that send more than a share of their patients there, wherever the others
 * go; those without a flow send none.
 */
export function attracted(territory: Territory, share = 0.5): number[] {
  const { ground, flows, has } = territory;
  if (!flows) return [];
  const { n, offsets, neighbours } = ground.adjacency;
  const found: number[] = [];
  for (let u = 0; u < n; u++) {
    if (has[u] === 1) continue;
    const beside = neighbours.subarray(offsets[u]!, offsets[u + 1]!).some((v) => has[v] === 1);
    if (beside && territory.fromUnit(u) > share * flows.living[u]!) found.push(u);
  }
  return found;
}
