import { vi } from 'vitest';

/** What answers a call: the body of a 200, or a refusal. */
type Handler = (path: string, init: RequestInit) => unknown;

class Refusal {
  readonly status: number;
  readonly message: string;
  readonly code: string;
  constructor(status: number, message: string, code: string) {
    this.status = status;
    this.message = message;
    this.code = code;
  }
}

export const refusal = (status: number, message: string, code = 'refused') =>
  new Refusal(status, message, code);

export const page = (items: unknown[]) => ({ items, total: items.length, limit: 1000, offset: 0 });

/** Answers `METHOD /path` by the first handler whose key it starts with; gives the calls made. */
export function serve(handlers: Record<string, Handler>): string[] {
  const calls: string[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    const call = `${init.method ?? 'GET'} ${address.split('?')[0]}`;
    calls.push(call);
    const key = Object.keys(handlers).find((start) => call.startsWith(start));
    if (key === undefined) throw new TypeError(`nothing answers ${call}`);
    const given = await handlers[key]!(address, init);
    if (given instanceof Uint8Array) return new Response(new Uint8Array(given));
    if (!(given instanceof Refusal)) return new Response(JSON.stringify(given));
    const error = { code: given.code, message: given.message, requestId: 'r-1' };
    return new Response(JSON.stringify({ error }), { status: given.status });
  });
  return calls;
}
