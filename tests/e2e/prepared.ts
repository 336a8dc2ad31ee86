import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { preparedHomes } from './prepared-homes.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** folder of the prepared homes, one a name of `PreparedHome` */
    homes: string;
  }
}

/** Waits for what `templates.ts` has begun, or begins it. */
export async function setup(project: TestProject): Promise<() => void> {
  const homes = await preparedHomes();
  project.provide('homes', homes);
  return () => rmSync(homes, { recursive: true, force: true });
}
