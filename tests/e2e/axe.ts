import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical in the page as it is. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Evaluated, not added: the page's policy refuses scripts from elsewhere.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Result = { id: string; impact: string; nodes: { html: string }[] };
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Result[] }> } };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}
