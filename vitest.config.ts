import { defineConfig } from 'vitest/config';

const setupFiles = ['tests/support/seed.ts'];

export default defineConfig({
  test: {
    // Each database file holds a PGlite of some 300 MB; two cores do not run more than two at once.
    maxWorkers: 2,
    // The provider of identities of the tests warns at length that it is none for production.
    onConsoleLog: (log) => !/oidc-provider.* (WARNING|NOTICE)/.test(log),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          setupFiles,
          // Pure: a process and its imports for each file would cost more than half as much again.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: { name: 'web', include: ['tests/web/**/*.test.{ts,tsx}'], setupFiles },
      },
      {
        test: {
          name: 'server',
          include: ['tests/{db,api}/**/*.test.ts'],
          setupFiles,
          globalSetup: ['tests/support/templates.ts'],
          isolate: false,
          // Cloning a database takes seconds on two busy cores.
          hookTimeout: 120_000,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/prepared.ts'],
          hookTimeout: 240_000,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
