import { expect, test } from 'vitest';
import { regionOptions } from '../../../scripts/region-options.ts';
import { defaultProposalParameters } from '../../../server/contracts/proposals.ts';

const read = (line: string) => regionOptions(line.split(' ').filter(Boolean));

test('without an option, what the page asks for; what is not its own is left for the program', () => {
  expect(read('')).toEqual({ wishes: defaultProposalParameters, bound: false, rest: [] });
  expect(read('--region 24 --bound --home there')).toMatchObject({
    bound: true,
    rest: ['--region', '24', '--home', 'there'],
  });
});

test('each option is the wish it names; lists by commas, communes of a list by plus signs', () => {
  const told = read(
    '--department 45,41 --k 12 --floor 20000 --ceiling=90000 --target 50000 --border 0,1 --epci .2 ' +
      '--target-weight 0.3 --poles 0.4 --pole-run 7 --walls department --together 45001+45002,41001+41002 ' +
      '--apart 45003+45004 --dataset 2 --weights cardiologie:2,orl:0 --masked 10 --effort thorough ' +
      '--seed 9 --keep-cpts --whole-epci',
  );
  expect(told.rest).toEqual([]);
  expect(told.wishes).toEqual({
    ...{ floor: 20_000, ceiling: 90_000, territories: 12, target: 50_000, seed: 9 },
    ...{ flowDataset: 2, poleRun: 7, masked: 10, effort: 'thorough', walls: 'department' },
    scope: { kind: 'departments', codes: ['45', '41'] },
    weights: { border: 0.1, epci: 0.2, target: 0.3, poles: 0.4 },
    specialty: 'all',
    specialtyWeights: { cardiologie: 2, orl: 0 },
    together: [
      ['45001', '45002'],
      ['41001', '41002'],
    ],
    apart: [['45003', '45004']],
    keepCpts: true,
    wholeEpci: true,
  });
  expect(read('--uncovered --specialty orl').wishes).toMatchObject({
    scope: { kind: 'uncovered' },
    specialty: 'orl',
  });
});

test('a value that is not of the form expected is refused, and named as it was typed', () => {
  for (const [line, name] of [
    ['--k douze', '--k'],
    ['--k 0', '--k'],
    ['--effort deep', '--effort'],
    ['--apart 45003', '--apart'],
    ['--department Loiret', '--department'],
    ['--border -1', '--border'],
    ['--weights cardiologie', '--weights'],
    ['--seed', '--seed'],
    ['--uncovered --department 45', '--uncovered'],
  ] as const) {
    expect(() => read(line), line).toThrow(name);
  }
});
