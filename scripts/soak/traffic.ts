import { seededRandom } from '../../server/core/random.ts';

/** Sends a request as one of the clients; answers its status and body. */
export type Send = (
  client: number,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object,
) => Promise<{ status: number; body: unknown }>;

interface Wanted {
  clients: number;
  seed: number;
  /** unit codes, few enough for territories to overlap */
  units: readonly string[];
  /** whether clients go on, asked before each of their acts; `acts` is how many this one did */
  goesOn(acts: number): boolean;
}

/** What came of the acts: how many by name and outcome, and what should never happen. */
export interface Outcome {
  counts: Map<string, number>;
  milliseconds: Map<string, number[]>;
  /** answers of 500 and over, by name */
  serverErrors: Map<string, number>;
  faults: string[];
}

interface Conflict {
  cpts?: { id?: number; name?: string };
  units?: { code?: string; population?: number }[];
  population?: number;
}

/**
 * Clients that create, save, revise, accept and close CPTS on the same few communes at once, each with
 * its own seeded choices. A fault is an answer of 500 and over, a lost connection, or a refusal for a
 * conflict that does not say which communes, how many inhabitants and which CPTS.
 */
export async function decisionTraffic(send: Send, wanted: Wanted): Promise<Outcome> {
  const outcome: Outcome = {
    counts: new Map(),
    milliseconds: new Map(),
    serverErrors: new Map(),
    faults: [],
  };
  /** versions as the clients last saw them; out of date as often as not, like a page */
  const seen = new Map<number, { version: number; proposed: number | null }>();
  await Promise.all(Array.from({ length: wanted.clients }, (_, client) => actOn(client)));
  return outcome;

  async function actOn(client: number): Promise<void> {
    const random = seededRandom(wanted.seed * 1000 + client);
    const below = (n: number) => Math.floor(random() * n);
    const some = (most: number) => [
      ...new Set(
        Array.from({ length: 1 + below(most) }, () => wanted.units[below(wanted.units.length)]!),
      ),
    ];
    const known = () => [...seen.keys()][below(seen.size)];
    for (let acts = 0; wanted.goesOn(acts); acts++) {
      const draw = below(100);
      const id = known();
      if (id === undefined || draw < 15) {
        await act(client, 'create', 'POST', '/api/cpts', {
          name: `Client ${client}`,
          units: some(4),
        });
      } else if (draw < 45) {
        await step(client, id, 'accept_territory');
      } else if (draw < 70) {
        const { version, proposed } = seen.get(id)!;
        const added = some(2);
        const removed = some(2).filter((unit) => !added.includes(unit));
        const body = { basedOn: version, added, removed };
        if (proposed === null) await act(client, 'save', 'PUT', `/api/cpts/${id}/territory`, body);
        else await act(client, 'revise', 'POST', `/api/cpts/${id}/versions/${proposed}/accept`);
      } else if (draw < 80) await step(client, id, 'deposit_project');
      else if (draw < 85) await step(client, id, 'oppose');
      else if (draw < 95) await step(client, id, 'close');
      else await act(client, 'read', 'GET', '/api/cpts?limit=20');
    }
  }

  function step(client: number, id: number, name: string): Promise<void> {
    const body = { step: name, reason: 'Essai de charge' };
    return act(client, name, 'POST', `/api/cpts/${id}/steps`, body);
  }

  async function act(
    client: number,
    name: string,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: object,
  ): Promise<void> {
    const started = performance.now();
    const answer = await send(client, method, url, body);
    const times = outcome.milliseconds.get(name) ?? [];
    times.push(performance.now() - started);
    outcome.milliseconds.set(name, times);
    const { error } = answer.body as { error?: { code: string; details?: unknown } };
    const what = `${name} ${error?.code ?? 'done'}`;
    outcome.counts.set(what, (outcome.counts.get(what) ?? 0) + 1);
    if (answer.status >= 500) {
      outcome.serverErrors.set(name, (outcome.serverErrors.get(name) ?? 0) + 1);
      outcome.faults.push(`${method} ${url}: ${answer.status}`);
    }
    if (error?.code === 'territory_conflict' && !isTold(error.details)) {
      outcome.faults.push(`${method} ${url}: a conflict without its communes, people or CPTS`);
    }
    note(answer.body);
  }

  function note(answer: unknown): void {
    const { id, version, proposed, status } = answer as Record<string, unknown>;
    if (typeof id !== 'number' || typeof version !== 'number') return;
    // Those that are over are left alone, but for a few that somebody still has on screen.
    if (status === 'closed' && seen.size > 20) seen.delete(id);
    else seen.set(id, { version, proposed: typeof proposed === 'number' ? proposed : null });
  }
}

function isTold(details: unknown): boolean {
  const conflicts = Array.isArray(details) ? (details as Conflict[]) : [];
  return (
    conflicts.length > 0 &&
    conflicts.every(
      ({ cpts, units = [], population = 0 }) =>
        typeof cpts?.id === 'number' &&
        typeof cpts.name === 'string' &&
        units.length > 0 &&
        population > 0 &&
        population === units.reduce((sum, unit) => sum + (unit.population ?? 0), 0),
    )
  );
}
