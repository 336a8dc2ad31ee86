import { useState } from 'preact/hooks';
import type { ApiFailure } from '../api/client.ts';
import { asFailure } from '../state/resource.ts';

/** Sends a form: whether it is on its way, and what the server refused it for. */
export function useSending(send: () => Promise<void>) {
  const [error, setError] = useState<ApiFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event?: Event) => {
    event?.preventDefault();
    setError(null);
    setBusy(true);
    try {
      await send();
    } catch (cause) {
      setError(asFailure(cause));
    } finally {
      setBusy(false);
    }
  };
  return { submit, error, busy, clear: () => setError(null) };
}
