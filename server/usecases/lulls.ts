/**
 * Who answers requests, and who works ahead between them: the embedded database does one thing at a
 * time, so that a part of a long reading holds up whoever asks meanwhile.
 */
export class Lulls {
  #under = 0;
  #waiting: (() => void)[] = [];

  /** Does what a request waits for. */
  async serve<T>(work: () => Promise<T>): Promise<T> {
    this.#under += 1;
    try {
      return await work();
    } finally {
      this.#under -= 1;
      // Who is served goes on at once: what comes of it may be the next thing to wait for.
      setImmediate(() => {
        if (this.#under === 0) for (const go of this.#waiting.splice(0)) go();
      });
    }
  }

  /** Resolves when no request is being served. */
  async lull(): Promise<void> {
    while (this.#under > 0) await new Promise<void>((go) => this.#waiting.push(go));
  }
}
