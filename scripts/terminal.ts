import { DomainError } from '../server/errors.ts';
import type { Remark } from '../server/imports/rows.ts';
import type { StepWatcher } from '../server/usecases/steps.ts';

/** One line a step; on a terminal the line under way shows its share done. */
export function terminalWatcher(out: NodeJS.WriteStream = process.stdout): StepWatcher {
  let current = '';
  const rewrite = (line: string) => {
    if (out.isTTY) out.write(`\r\u001b[K${line}`);
  };
  return {
    begin(step) {
      current = step;
      rewrite(`… ${step}`);
    },
    progress(share) {
      rewrite(`… ${current} ${Math.round(share * 100)} %`);
    },
    end(step, summary, seconds) {
      rewrite('');
      const time = seconds.toFixed(1).replace('.', ',');
      out.write(`✓ ${step} : ${summary} (${time} s)\n`);
    },
  };
}

export function printRemarks(remarks: readonly Remark[]): void {
  for (const { where, message } of remarks)
    console.log(`  ${where ? `${where} : ` : ''}${message}`);
}

/** A failure the user can mend is one sentence; any other keeps its stack, for a report. */
export function exitWithSentence(error: unknown): never {
  if (error instanceof DomainError && error.code !== 'internal') {
    console.error(`✗ ${error.message}`);
  } else {
    console.error('✗ Erreur inattendue, à signaler avec ces lignes :');
    console.error(error instanceof DomainError ? (error.cause ?? error) : error);
  }
  process.exit(1);
}
