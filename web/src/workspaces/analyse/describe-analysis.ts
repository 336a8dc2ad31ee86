import { defaultPoleParameters, type PoleParameters } from '../../../../server/contracts/poles.ts';
import { formatCount, formatDecimal } from '../../french/numbers.ts';
import { labelOf } from '../../state/analysis.ts';

export const methods: { key: PoleParameters['method']; name: string; sentence: string }[] = [
  {
    key: 'plurality',
    name: 'Première destination',
    sentence:
      'Le pôle d’une commune est celle où vont le plus de ses patients, elle-même comprise.',
  },
  {
    key: 'nystuen-dacey',
    name: 'Flux dominants (Nystuen–Dacey)',
    sentence:
      'Le pôle est la première destination de ceux qui sortent de la commune, si l’on y soigne plus de patients que chez elle\u00a0; sinon elle est son propre pôle.',
  },
];

/** What an analysis was asked that the default one is not; empty for the default one. */
export function differences(parameters: PoleParameters): string[] {
  const { method, masked, minPatients, minRate, minCommunes, weights } = parameters;
  const plain = defaultPoleParameters;
  const found: string[] = [];
  if (method !== plain.method) found.push('flux dominants');
  if (masked !== plain.masked) found.push(`masquées à ${masked}`);
  if (minPatients !== plain.minPatients) {
    found.push(`au moins ${formatCount(minPatients)}\u00a0patients`);
  }
  if (minRate !== plain.minRate) {
    found.push(`taux d’au moins ${formatDecimal(100 * minRate)}\u202f%`);
  }
  if (minCommunes !== plain.minCommunes) {
    found.push(`au moins ${formatCount(minCommunes)}\u00a0communes`);
  }
  for (const [key, weight] of Object.entries(weights)) {
    if (weight !== 1) found.push(`${labelOf(key)}\u00a0× ${formatDecimal(weight)}`);
  }
  return found;
}

export function describeAnalysis(parameters: PoleParameters): string {
  return differences(parameters).join(' · ') || 'réglages par défaut';
}

/** Why thresholds leave a commune without a pole. */
export function whyNoPole(
  { minPatients, minRate, minCommunes }: PoleParameters,
  { patients, rate }: { patients: number; rate: number },
): string {
  if (patients < minPatients) {
    return `elle compte moins de ${formatCount(minPatients)}\u00a0patients.`;
  }
  if (rate < minRate) {
    return `sa première destination attire moins de ${formatDecimal(100 * minRate)}\u202f% de ses patients.`;
  }
  if (minCommunes > 1) {
    return `ce qui l’attire attire moins de ${formatCount(minCommunes)}\u00a0communes.`;
  }
  return 'aucun patient n’y est compté.';
}
