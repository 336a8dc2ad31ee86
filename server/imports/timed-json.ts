/** Time limits of one request, in milliseconds. */
export interface TimeLimits {
  /** until the answer's headers are there */
  connectMs: number;
  /** between two pieces of its body */
  stallMs: number;
}

/** Fetches JSON; throws an Error whose message is the French cause of the failure. */
export async function fetchJson(
  url: string,
  limits: TimeLimits,
  signal?: AbortSignal,
): Promise<unknown> {
  const watch = new AbortController();
  const forward = () => watch.abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  if (signal?.aborted === true) forward();
  let timer = setTimeout(
    () => watch.abort(new Error(`pas de réponse en ${seconds(limits.connectMs)}`)),
    limits.connectMs,
  );
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => watch.abort(new Error(`réponse interrompue depuis ${seconds(limits.stallMs)}`)),
      limits.stallMs,
    );
  };
  try {
    const answer = await fetch(url, {
      signal: watch.signal,
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) throw new Error(`réponse HTTP ${answer.status}`);
    return parse(await readBody(answer, restart));
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason;
    throw explain(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString('fr-FR')} s`;
}

async function readBody(answer: Response, restart: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  restart();
  for await (const piece of answer.body ?? []) {
    restart();
    text += decoder.decode(piece as Uint8Array, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('la réponse n’est pas du JSON', { cause: error });
  }
}

/** Node hides the reason (ECONNREFUSED, ENOTFOUND) in the cause of « fetch failed ». */
function explain(error: unknown): Error {
  const failure = error as Error;
  const reason = (failure.cause as NodeJS.ErrnoException | undefined)?.code;
  const french: Record<string, string> = {
    ECONNREFUSED: 'connexion refusée',
    ENOTFOUND: 'nom de serveur introuvable',
    EAI_AGAIN: 'nom de serveur introuvable',
    ECONNRESET: 'connexion coupée',
    UND_ERR_SOCKET: 'connexion coupée',
  };
  if (reason === undefined) return failure;
  return new Error(french[reason] ?? reason, { cause: error });
}
