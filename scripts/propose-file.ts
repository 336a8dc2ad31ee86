import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { bandReasonLabels } from '../server/core/proposal/band-reason-labels.ts';
import type { ProposalInput } from '../server/core/proposal/input.ts';
import { DomainError } from '../server/errors.ts';
import { readInstance } from '../server/imports/proposal-instance.ts';
import { proposeOnThreads, startSearcher } from '../server/workers/propose-on-threads.ts';
import { takeOptions } from './own-options.ts';

/** Moves tried a second and thread, about two thirds of what the slowest machine measured does. */
const MOVES_PER_SECOND = 10_000_000;
const THREADS = 2;
const SECONDS = 10;
/** What the safety stop allows besides, milliseconds: the first moves are slow, as V8 compiles them. */
const WARMING = 500;

export const fileOptions = [
  ...(['instance', 'out', 'seconds', 'seed', 'k'] as const),
  ...(['border', 'epci', 'target', 'target-weight'] as const),
] as const;
export const fileFlags = ['bound', 'unhurried'] as const;

/**
 * `npm run propose -- --instance FILE.json --out labels.txt [--seconds S] [--seed N] [--k K]`, and the
 * weights `--border`, `--epci`, `--target-weight` with `--target`: divides the units of a file into
 * territories and writes the label of each on its line.
 *
 * `--bound` then proves how much better is possible at most, which takes a minute or more for a region.
 *
 * `--seconds` is turned into a number of moves tried, so that the same seconds and seed give the same
 * labels on any machine that keeps pace; one that does not is stopped at about that time, and told so,
 * or with `--unhurried` takes as long as it needs.
 */
export async function proposeFile(argv: readonly string[]): Promise<void> {
  const { values, set, rest } = takeOptions(argv, fileOptions, fileFlags);
  if (rest.length > 0) {
    throw new DomainError(
      'invalid_configuration',
      `Option inconnue : ${rest[0]}. Les options sont --instance, --out, --seconds, --seed, --k, --border, --epci, --target, --target-weight, --bound et --unhurried.`,
    );
  }
  const file = values.instance;
  const out = values.out;
  if (!file || !out) {
    throw new DomainError(
      'invalid_configuration',
      'Indiquez le fichier à lire et celui à écrire : npm run propose -- --instance FICHIER.json --out etiquettes.txt.',
    );
  }
  const seconds = number('seconds', SECONDS, { above: 0 });
  const seed = number('seed', 1, { whole: true, most: 2 ** 32 - 1 });
  await refuseUnwritable(out);
  const { input, outcome, took } = await divide(file, {
    seed,
    ...(values.k !== undefined && { territories: number('k', 0, { above: 0, whole: true }) }),
    ...(values.target !== undefined && { target: number('target', 0, { above: 0 }) }),
    weights: {
      border: number('border', 0.05, {}),
      epci: number('epci', 0, {}),
      target: number('target-weight', 0, {}),
    },
    effort: Math.ceil(seconds * MOVES_PER_SECOND * THREADS),
    ...(!set.has('unhurried') && { milliseconds: seconds * 1000 + WARMING }),
  });
  const { user, system } = process.cpuUsage();
  const worked = (user + system) / 1e6;
  if ('refusal' in outcome) {
    // Loaded only where it is needed: the formats of French take longer than a small file to divide.
    const { refusalSentence } = await import('../server/core/proposal/refusal.ts');
    const sentence = refusalSentence(outcome.refusal, (unit) => `l’unité ${unit}`);
    throw new DomainError('contradictory_wishes', sentence);
  }
  const { label, count, indicators, territories, hurried } = outcome.plan;
  await writeFile(out, `${label.join('\n')}\n`);
  const decimal = (value: number) => value.toFixed(1).replace('.', ',');
  const percent = (share: number) => `${(100 * share).toFixed(2).replace('.', ',')} %`;
  console.log(
    `✓ ${count} territoires, ${percent(indicators.inside)} du flux dedans, ${percent(indicators.inBandShare)} de la population qui peut l’être dans la fourchette (${decimal(took)} s, processeur ${decimal(worked)} s)`,
  );
  territories.forEach(({ population, reason }, t) => {
    if (reason)
      console.log(`  territoire ${t}, ${population} habitants : ${bandReasonLabels[reason]}`);
  });
  if (hurried) {
    console.log(
      '  La machine n’a pas tenu l’allure : moins d’essais ont été faits, une autre fois peut donner un autre plan.',
    );
  }

  if (set.has('bound')) {
    const { insideBound } = await import('../server/core/proposal/bound/inside-bound.ts');
    const proven = insideBound(input);
    if (proven) {
      const better = Math.max(0, proven.inside / indicators.inside - 1);
      console.log(
        `  au plus ${percent(better)} de mieux : prouvé, aucun découpage avec ces contraintes ne garde plus de ${percent(proven.inside)} du flux.`,
      );
    }
  }

  function number(
    name: 'seconds' | 'seed' | 'k' | 'border' | 'epci' | 'target' | 'target-weight',
    otherwise: number,
    { above, whole, most = Infinity }: { above?: number; whole?: boolean; most?: number },
  ): number {
    const given = values[name];
    if (given === undefined) return otherwise;
    const value = Number(given.replace(',', '.'));
    const fits = above === undefined ? value >= 0 : value > above;
    const known = Number.isFinite(value) && value <= most;
    if (!fits || !known || (whole && !Number.isInteger(value))) {
      const least = above === undefined ? 'positif ou nul' : `supérieur à ${above}`;
      const limit = most < Infinity ? `, au plus ${most}` : '';
      throw new DomainError(
        'invalid_configuration',
        `L’option --${name} attend un nombre${whole ? ' entier' : ''} ${least}${limit}, pas « ${given} ».`,
      );
    }
    return value;
  }
}

/** Divides the units of a file: other threads start while it is read, and this one searches too. */
async function divide(file: string, wishes: Pick<ProposalInput, 'seed'> & Partial<ProposalInput>) {
  const ahead = Array.from({ length: THREADS - 1 }, startSearcher);
  try {
    const input: ProposalInput = { ...(await readInstance(file)), ...wishes };
    const start = performance.now();
    const outcome = await proposeOnThreads(input, { threads: THREADS, ahead });
    return { input, outcome, took: (performance.now() - start) / 1000 };
  } finally {
    for (const one of ahead) one.close();
  }
}

/** Said before the search, which may take minutes. */
async function refuseUnwritable(out: string): Promise<void> {
  const folder = dirname(resolve(out));
  const refuse = (why: string) => {
    throw new DomainError(
      'invalid_configuration',
      `L’option --out ne peut pas écrire ${out} : ${why}.`,
    );
  };
  if (
    await stat(out).then(
      (found) => found.isDirectory(),
      () => false,
    )
  ) {
    refuse('c’est un dossier, ajoutez-y un nom de fichier');
  }
  await access(folder, constants.W_OK).catch(() =>
    refuse(`le dossier ${folder} n’existe pas ou ne se laisse pas écrire, créez-le d’abord`),
  );
}
