import type { RunStatus } from '../../../server/contracts/proposals.ts';

/** `away`: the connection is lost and the browser asks again; `gone`: the server refuses it. */
export type Lost = 'away' | 'gone';

export const isOver = ({ status }: { status: RunStatus }) =>
  status !== 'queued' && status !== 'running';

/**
 * Follows a run until it is over, by server-sent events, each the whole run. `onLost` tells that
 * the connection is lost, null that it is back. Gives what stops it.
 */
export function followEvents<Run extends { status: RunStatus }>(
  path: string,
  onState: (run: Run) => void,
  onLost: (lost: Lost | null) => void,
): () => void {
  const source = new EventSource(path);
  source.onmessage = ({ data }: MessageEvent<string>) => {
    const run = JSON.parse(data) as Run;
    if (isOver(run)) source.close();
    onLost(null);
    onState(run);
  };
  source.onerror = () => onLost(source.readyState === EventSource.CLOSED ? 'gone' : 'away');
  return () => source.close();
}
