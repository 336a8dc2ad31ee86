import fc from 'fast-check';

/**
 * Properties draw the same cases at every run, so that a change is what fails and never chance;
 * `FC_SEED` has them draw others.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_190_621) });
