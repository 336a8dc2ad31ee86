import type { FlowColumns } from './columns.ts';

/** A commune whose residents are shared between its leaves; shares add up to 1. */
export interface Divided {
  commune: string;
  leaves: { code: string; share: number }[];
}

/**
 * Flows known by commune, between leaves: a flow is shared out at both ends by population,
 * `F[a][b] = F[c(a)][c(b)] · P_a / P_c(a) · P_b / P_c(b)`. Sums over the leaves of a commune are
 * what they were. The same columns when nothing is divided.
 */
export function apportion(flows: FlowColumns, divided: readonly Divided[]): FlowColumns {
  if (divided.length === 0) return flows;
  const parts = new Map(divided.map(({ commune, leaves }) => [commune, leaves]));
  const whole = (code: string) => [{ code, share: 1 }];
  const origin: string[] = [];
  const destination: string[] = [];
  const patients: number[] = [];
  const masked: number[] = [];
  for (let f = 0; f < flows.origin.length; f++) {
    const from = flows.origin[f]!;
    const to = flows.destination[f]!;
    for (const a of parts.get(from) ?? whole(from)) {
      for (const b of parts.get(to) ?? whole(to)) {
        origin.push(a.code);
        destination.push(b.code);
        patients.push(flows.patients[f]! * a.share * b.share);
        if (flows.masked) masked.push(flows.masked[f]! * a.share * b.share);
      }
    }
  }
  return { origin, destination, patients, ...(flows.masked && { masked }) };
}
