import type { ErrorAnswer } from '../../../server/contracts/errors.ts';

/** What every failed call throws: the API's own French sentence, or ours when none came. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: string;
  /** HTTP status; 0 when the server did not answer at all */
  readonly status: number;
  readonly details: unknown;
  readonly requestId: string | null;

  constructor(answer: {
    code: string;
    message: string;
    status: number;
    details?: unknown;
    requestId?: string | null;
  }) {
    super(answer.message);
    this.code = answer.code;
    this.status = answer.status;
    this.details = answer.details;
    this.requestId = answer.requestId ?? null;
  }
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

/** Calls the API and gives the typed answer. Throws `ApiFailure`, or `AbortError` when aborted. */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const response = await send(path, options);
  const body = await readJson(response);
  if (response.ok) return body as T;
  throw failure(response.status, body);
}

/** The same for an answer that is bytes. */
export async function callBytes(path: string, options: Call = {}): Promise<ArrayBuffer> {
  const response = await send(path, options);
  if (response.ok) return response.arrayBuffer();
  throw failure(response.status, await readJson(response));
}

/** Every item of a paged list, page after page. */
export async function allItems<P extends { items: unknown[]; total: number }>(
  path: string,
  signal?: AbortSignal,
  query: Call['query'] = {},
): Promise<P['items']> {
  const limit = 1000;
  const items: P['items'] = [];
  for (;;) {
    const page = await call<P>(path, {
      query: { ...query, limit, offset: items.length },
      ...(signal ? { signal } : {}),
    });
    items.push(...page.items);
    if (items.length >= page.total || page.items.length === 0) return items;
  }
}

async function send(path: string, { method = 'GET', query, body, signal }: Call) {
  const init: RequestInit = { method, headers: { accept: 'application/json' } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: 'application/json', 'content-type': 'application/json' };
  }
  try {
    return await fetch(withQuery(path, query), init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw unreachable();
  }
}

/** The server did not answer at all. */
export function unreachable(): ApiFailure {
  return new ApiFailure({
    code: 'unreachable',
    message: 'Le serveur Maillage ne répond pas\u00a0: vérifiez qu’il est démarré, puis réessayez.',
    status: 0,
  });
}

function withQuery(path: string, query: Call['query']): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(key, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let signedOut = () => {};

/** Says what to do when the server no longer knows who calls. */
export function whenSignedOut(react: () => void): void {
  signedOut = react;
}

/** What an answer that is no success says. */
export function failure(status: number, body: unknown): ApiFailure {
  if (isErrorAnswer(body) && body.error.code === 'not_signed_in') signedOut();
  if (isErrorAnswer(body)) return new ApiFailure({ ...body.error, status });
  return new ApiFailure({
    code: 'unexpected_answer',
    message: `Le serveur a répondu de façon inattendue (${status})\u00a0: réessayez dans un instant.`,
    status,
  });
}

function isErrorAnswer(body: unknown): body is ErrorAnswer {
  const error = (body as ErrorAnswer | undefined)?.error;
  return typeof error?.code === 'string' && typeof error.message === 'string';
}
