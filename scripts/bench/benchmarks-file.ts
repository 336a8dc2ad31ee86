import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../../server/docs/benchmarks.md', import.meta.url));

/** Rewrites one section (`## …` to the next) of the benchmarks, whatever others wrote around it. */
export function writeSection(heading: string, lines: readonly string[]): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n';
  const [opening = '', ...sections] = text.split(/^(?=## )/m);
  const at = sections.findIndex((section) => section.startsWith(`## ${heading}\n`));
  const section = `## ${heading}\n\n${lines.join('\n').trim()}\n`;
  sections.splice(at < 0 ? sections.length : at, at < 0 ? 0 : 1, section);
  writeFileSync(file, [opening, ...sections].map((part) => `${part.trim()}\n`).join('\n'));
}
