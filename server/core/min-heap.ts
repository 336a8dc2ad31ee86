/**
 * Binary min-heap of integers by a key given at each push; equal keys come out by lower integer.
 * An item pushed again comes out once for each push: the reader drops what is out of date.
 */
export class MinHeap {
  readonly #keys: number[] = [];
  readonly #items: number[] = [];

  push(item: number, key: number): void {
    let at = this.#items.length;
    for (; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.#before(key, item, parent)) break;
      this.#put(at, this.#keys[parent]!, this.#items[parent]!);
      at = parent;
    }
    this.#put(at, key, item);
  }

  /** Takes out the item of the lowest key; null when empty. */
  pop(): { item: number; key: number } | null {
    if (this.#items.length === 0) return null;
    const top = { item: this.#items[0]!, key: this.#keys[0]! };
    const item = this.#items.pop()!;
    const key = this.#keys.pop()!;
    if (this.#items.length > 0) this.#sink(item, key);
    return top;
  }

  #sink(item: number, key: number): void {
    const size = this.#items.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (
        child + 1 < size &&
        this.#before(this.#keys[child + 1]!, this.#items[child + 1]!, child)
      ) {
        child++;
      }
      if (this.#before(key, item, child)) break;
      this.#put(at, this.#keys[child]!, this.#items[child]!);
      at = child;
    }
    this.#put(at, key, item);
  }

  #before(key: number, item: number, at: number): boolean {
    return key < this.#keys[at]! || (key === this.#keys[at]! && item < this.#items[at]!);
  }

  #put(at: number, key: number, item: number): void {
    this.#keys[at] = key;
    this.#items[at] = item;
  }
}
