import { on } from 'node:events';
import type { OnProgress } from '../imports/rows.ts';
import { type ExtractFlows, type ExtractTask, extractFlows } from './extract-flows.ts';
import type { ExtractAnswer, ExtractQuestion } from './extract-protocol.ts';
import { startWorker } from './start-worker.ts';
import { errorOf } from './task.ts';

/** Bytes on disk that are read in less time than a thread takes to start. */
const SMALL = 1 << 20;

interface ReaderOptions {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** Reads an extract in a thread of its own, so that the server answers others meanwhile. */
export function readApart(
  task: ExtractTask,
  { onProgress = () => {}, signal }: ReaderOptions = {},
): ExtractFlows {
  signal?.throwIfAborted();
  if (task.source.size < SMALL) return extractFlows(task, onProgress, signal);
  const worker = startWorker(new URL('./extract.ts', import.meta.url), task);
  const stop = new AbortController();
  const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  worker.on('exit', () => stop.abort(new Error('the thread that reads the extract has ended')));
  const answers = on(worker, 'message', { signal: stopped }) as AsyncIterator<[ExtractAnswer]>;
  const ask = (question: ExtractQuestion, transfer: ArrayBuffer[] = []) =>
    worker.postMessage(question, transfer);

  /** The next answer that is not about progress. */
  async function next(): Promise<Exclude<ExtractAnswer, { kind: 'progress' | 'failure' }>> {
    for (;;) {
      const { value, done } = await answers.next();
      if (done) throw new Error('the thread that reads the extract answered nothing');
      const [answer] = value;
      if (answer.kind === 'failure') throw errorOf(answer);
      if (answer.kind !== 'progress') return answer;
      onProgress(answer.done, answer.total);
    }
  }

  async function* untilEnd() {
    for (let answer = await next(); answer.kind === 'block'; answer = await next()) {
      const { bytes } = answer;
      yield bytes;
      ask({ ask: 'more', bytes }, [bytes.buffer]);
    }
  }

  return {
    async read() {
      const answer = await next();
      if (answer.kind !== 'read') throw new Error(`unexpected answer: ${answer.kind}`);
      return answer;
    },
    async *blocks(names) {
      ask({ ask: 'write', names });
      yield* untilEnd();
    },
    blocksOverAll: untilEnd,
    async close() {
      await worker.terminate();
    },
  };
}
