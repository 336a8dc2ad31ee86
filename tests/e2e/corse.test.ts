import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium } from './browser.ts';
import { testsOfComparison } from './compare.ts';
import { testsOfImport } from './import.ts';
import { newHome, openSession, type Session } from './session.ts';

// One program and browser for both: to start them takes longer than either.
describe.skipIf(!findChromium())('on Corse, from packages alone', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openSession(newHome('corse'), { region: 'corse', data: null });
  });
  afterAll(() => session?.close());

  testsOfComparison(() => session);
  testsOfImport(() => session);
});
