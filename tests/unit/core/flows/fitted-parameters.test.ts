import { expect, test } from 'vitest';
import { fittedParameters } from '../../../../server/core/flows/fitted-parameters.ts';
import { defaultGravity, valuesOf } from '../../../../server/core/flows/gravity-parameters.ts';

const fitted = (alpha: number, beta: number) => ({
  alpha,
  beta,
  alphaState: 'estimated' as const,
  betaState: 'estimated' as const,
  converged: true,
});

test('a specialty takes its own values where its flows tell both, else those of all', () => {
  const parameters = fittedParameters(
    fitted(0.81234, 9.87654),
    [
      { key: 'orl', values: fitted(1.5, 20) },
      { key: 'pediatrie', values: { ...fitted(0.7, 0.1), betaState: 'lower-bound' } },
      { key: 'psychiatrie', values: null },
    ],
    { ...defaultGravity, destinations: 7 },
  );
  expect(parameters).toEqual({
    alpha: 0.812,
    beta: 9.877,
    destinations: 7,
    specialties: { orl: { alpha: 1.5, beta: 20 } },
  });
  expect(valuesOf(parameters, 'orl')).toEqual({ alpha: 1.5, beta: 20 });
  expect(valuesOf(parameters, 'pediatrie')).toEqual({ alpha: 0.812, beta: 9.877 });
  // Not a property of every object.
  expect(valuesOf(parameters, 'constructor')).toEqual({ alpha: 0.812, beta: 9.877 });
});

test('where even all together tell nothing, values stay as they were wished', () => {
  expect(fittedParameters(null, [], defaultGravity)).toEqual(defaultGravity);
});
