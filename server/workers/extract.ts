import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { FlowRowNames } from '../db/flow-row-blocks.ts';
import { type ExtractTask, extractFlows } from './extract-flows.ts';
import { BLOCKS_AHEAD, type ExtractAnswer, type ExtractQuestion } from './extract-protocol.ts';
import type { WorkerInput } from './start-worker.ts';
import { failureOf } from './task.ts';

/** Reads an extract, tells what it held, then hands its flows over at the pace they are taken. */
async function serve(port: MessagePort, task: ExtractTask): Promise<void> {
  const send = (answer: ExtractAnswer, transfer: ArrayBuffer[] = []) =>
    port.postMessage(answer, transfer);
  const flows = extractFlows(task, (done, total) => send({ kind: 'progress', done, total }));
  try {
    const read = await flows.read();
    const asked = questions(port);
    send({ kind: 'read', ...read });
    const { names, spare } = asked;
    for (const blocks of [flows.blocks(await names, spare), flows.blocksOverAll()]) {
      for await (const bytes of blocks) {
        await asked.turn();
        send({ kind: 'block', bytes }, [bytes.buffer]);
      }
      send({ kind: 'end' });
    }
  } catch (error) {
    send(failureOf(error));
  } finally {
    await flows.close();
    port.close();
  }
}

/** What the other side asks: the names once, then a turn for each block; and blocks it gives back. */
function questions(port: MessagePort) {
  const spare: Uint8Array<ArrayBuffer>[] = [];
  let turns = BLOCKS_AHEAD;
  let wake = () => {};
  let named: (names: FlowRowNames) => void = () => {};
  const names = new Promise<FlowRowNames>((resolve) => {
    named = resolve;
  });
  port.on('message', (question: ExtractQuestion) => {
    if (question.ask === 'write') return named(question.names);
    // As long as it was made, whatever part of it was filled.
    spare.push(new Uint8Array(question.bytes.buffer));
    turns += 1;
    wake();
  });
  return {
    names,
    spare,
    async turn(): Promise<void> {
      while (turns === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      turns -= 1;
    },
  };
}

if (parentPort) await serve(parentPort, (workerData as WorkerInput<ExtractTask>).input);
