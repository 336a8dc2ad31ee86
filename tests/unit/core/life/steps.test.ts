import { describe, expect, test } from 'vitest';
import type { CptsStatus } from '../../../../server/contracts/cpts.ts';
import type { CptsStep } from '../../../../server/contracts/cpts-life.ts';
import { type Actor, localActor, type Role } from '../../../../server/core/accounts/actor.ts';
import { consentOf, isAgreed } from '../../../../server/core/life/consent.ts';
import { openSteps } from '../../../../server/core/life/open-steps.ts';
import { isRecognised, partIn, stepRules, stepsOf } from '../../../../server/core/life/steps.ts';

const statuses: CptsStatus[] = [...openSteps, 'closed'];

describe('steps of a CPTS', () => {
  test('who may take which, in every status', () => {
    const table = (role: Role) => Object.fromEntries(statuses.map((s) => [s, stepsOf(role, s)]));
    expect(table('leader')).toEqual({
      idea: ['send_letter', 'close'],
      letter_of_intent: ['withdraw', 'close'],
      territory_accepted: ['deposit_project'],
      project_submitted: ['withdraw'],
      project_validated: [],
      aci_signed: [],
      closed: [],
    });
    expect(table('ars')).toEqual({
      idea: ['send_letter', 'accept_territory', 'close'],
      letter_of_intent: ['accept_territory', 'withdraw', 'close'],
      territory_accepted: ['deposit_project', 'close'],
      project_submitted: ['validate_project', 'oppose', 'withdraw', 'close'],
      project_validated: ['sign_contract', 'close'],
      aci_signed: ['close'],
      closed: [],
    });
    expect(table('administrator')).toEqual(table('ars'));
    for (const role of ['reader', 'geographer'] as const) {
      expect(Object.values(table(role)).flat()).toEqual([]);
    }
  });

  test('every status but the end leads on, and the end is reached from all', () => {
    const reached = new Set<CptsStatus>(['idea']);
    for (const { to } of Object.values(stepRules)) {
      for (const status of Object.values(to)) reached.add(status);
    }
    expect([...reached].sort()).toEqual([...statuses].sort());
    for (const status of statuses) {
      expect(partIn('close', status)).toBe(
        status === 'closed' ? null : isRecognised(status) ? 'decides' : 'leads',
      );
    }
  });

  test('a leader neither makes nor ends a recognition', () => {
    for (const step of Object.keys(stepRules) as CptsStep[]) {
      for (const status of statuses) {
        const after = stepRules[step].to[status];
        if (after === undefined || partIn(step, status) !== 'leads') continue;
        expect([step, status, isRecognised(after)]).toEqual([step, status, isRecognised(status)]);
      }
    }
  });
});

describe('agreement to a proposed version', () => {
  const actor = (role: Role, more: Partial<Actor> = {}): Actor => ({
    ...localActor,
    role,
    ...more,
  });
  const cpts = { id: 3, departments: ['41', '45'] };

  test('comes from who decides there, or from the leader', () => {
    expect(consentOf(actor('administrator'), cpts)).toBe('accepted_by');
    expect(consentOf(actor('ars', { departments: ['45', '41'] }), cpts)).toBe('accepted_by');
    expect(consentOf(actor('ars', { departments: ['45'] }), cpts)).toBeNull();
    expect(consentOf(actor('leader', { cpts: [3] }), cpts)).toBe('agreed_by');
    expect(consentOf(actor('leader', { cpts: [4] }), cpts)).toBeNull();
    expect(consentOf(actor('geographer'), cpts)).toBeNull();
  });

  test('of a recognised CPTS takes a decision', () => {
    const said = (recognised: boolean, agreedBy: string | null, acceptedBy: string | null) =>
      isAgreed({ recognised, agreedBy, acceptedBy });
    expect([said(true, 'a', null), said(true, null, 'b')]).toEqual([false, true]);
    expect([said(false, 'a', null), said(false, null, 'b')]).toEqual([true, true]);
    expect([said(false, null, null), said(true, null, null)]).toEqual([false, false]);
  });
});
