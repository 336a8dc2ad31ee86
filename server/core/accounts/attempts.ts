interface Limits {
  /** failures in a window before one has to wait */
  most: number;
  /** milliseconds */
  window: number;
  /** keys remembered at most; the one that failed longest ago is forgotten first */
  keys: number;
}

/** Failures by key over a sliding window; the clock is passed in, milliseconds. */
export function failedAttempts({ most, window, keys }: Limits) {
  // A map keeps its keys in order of insertion: a key that fails again is put at the end.
  const failures = new Map<string, number[]>();
  const recent = (key: string, now: number) =>
    (failures.get(key) ?? []).filter((at) => at > now - window);

  return {
    /** Milliseconds until a key may try again; 0: at once. */
    wait(key: string, now: number): number {
      const times = recent(key, now);
      const oldest = times[times.length - most];
      return oldest === undefined ? 0 : oldest + window - now;
    },

    failed(key: string, now: number): void {
      const times = [...recent(key, now), now].slice(-most);
      failures.delete(key);
      failures.set(key, times);
      const first = failures.keys().next();
      if (failures.size > keys && !first.done) failures.delete(first.value);
    },

    /** The attempt counted at that time did not fail after all. */
    succeeded(key: string, at: number): void {
      const times = failures.get(key) ?? [];
      const found = times.lastIndexOf(at);
      if (found >= 0) times.splice(found, 1);
      if (times.length === 0) failures.delete(key);
    },

    forget(key: string): void {
      failures.delete(key);
    },
  };
}
