import { expect, test } from 'vitest';
import {
  furtherStep,
  severities,
  severityLabels,
  severityOf,
  severityTable,
} from '../../../../server/core/overlap/severity.ts';

const recognised = [
  'territory_accepted',
  'project_submitted',
  'project_validated',
  'aci_signed',
] as const;
const steps = ['idea', 'letter_of_intent', ...recognised] as const;

test('says whether both, one or none was recognised or deposited, whichever comes first', () => {
  for (const a of recognised) {
    for (const b of recognised) expect(severityOf(a, b)).toBe('two_recognised');
    expect(severityOf(a, 'letter_of_intent')).toBe('recognised_deposited');
    expect(severityOf(a, 'idea')).toBe('recognised_draft');
  }
  expect(severityOf('letter_of_intent', 'letter_of_intent')).toBe('two_deposited');
  expect(severityOf('letter_of_intent', 'idea')).toBe('deposited_draft');
  expect(severityOf('idea', 'idea')).toBe('two_drafts');
  for (const a of steps) {
    for (const b of steps) {
      expect(severityOf(a, b)).toBe(severityOf(b, a));
      expect(Math.sign(furtherStep(a, b))).toBe(Math.sign(steps.indexOf(a) - steps.indexOf(b)));
    }
  }
  expect(Object.keys(severityLabels)).toEqual([...severities]);
});

test('the table that SQL sorts by is the same rule', () => {
  const { a, b, severity, rank } = severityTable();
  expect(new Set(a.map((step, k) => `${step} ${b[k]}`)).size).toBe(steps.length ** 2);
  a.forEach((step, k) => {
    expect(severity[k]).toBe(severityOf(step as 'idea', b[k] as 'idea'));
    expect(severities[rank[k]!]).toBe(severity[k]);
  });
});
