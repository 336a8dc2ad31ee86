import type { CptsStep } from '../../server/contracts/cpts-life.ts';
import type { Send } from './traffic.ts';

/** Steps that bring a CPTS back to where the first may be taken again. */
const round: readonly CptsStep[] = ['accept_territory', 'deposit_project', 'oppose'];

export interface Turns {
  clients: number;
  /** steps taken */
  steps: number;
  milliseconds: number[];
  seconds: number;
  faults: string[];
}

/**
 * Clients that take steps for as long as `milliseconds`, each in a CPTS of its own on a commune of its
 * own: nothing stands in the way of anybody, so that what they wait for is the turn to decide.
 */
export async function takeTurns(
  send: Send,
  units: readonly string[],
  milliseconds: number,
): Promise<Turns> {
  const own = await Promise.all(
    units.map(async (unit, client) => {
      const body = { name: `Tour ${client}`, units: [unit] };
      return ((await send(client, 'POST', '/api/cpts', body)).body as { id: number }).id;
    }),
  );
  const turns: Turns = {
    clients: units.length,
    steps: 0,
    milliseconds: [],
    seconds: 0,
    faults: [],
  };
  const started = performance.now();
  const step = async (client: number, id: number, name: CptsStep) => {
    const asked = performance.now();
    const body = { step: name, reason: 'Mesure' };
    const { status } = await send(client, 'POST', `/api/cpts/${id}/steps`, body);
    turns.milliseconds.push(performance.now() - asked);
    if (status === 200) turns.steps++;
    else turns.faults.push(`${name}: ${status}`);
  };
  await Promise.all(
    own.map(async (id, client) => {
      for (let k = 0; performance.now() - started < milliseconds; k++) {
        await step(client, id, round[k % round.length]!);
      }
    }),
  );
  turns.seconds = (performance.now() - started) / 1000;
  await Promise.all(own.map((id, client) => step(client, id, 'close')));
  turns.steps -= own.length;
  turns.milliseconds.length -= own.length;
  return turns;
}
