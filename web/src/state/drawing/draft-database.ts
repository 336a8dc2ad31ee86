import type { StoredDraft } from './stored-draft.ts';

/** A gesture that was not over when it was written down. */
export interface StoredSketch {
  draft: string;
  tab: string;
  added: string;
  removed: string;
  tool: string;
}

/** Drawings in the browser's own database, which outlives the page and works without the server. */
export interface DraftDatabase {
  all(prefix: string): Promise<StoredDraft[]>;
  /** Reads, changes and writes in one turn: no other tab comes between. */
  update(
    key: string,
    change: (before: StoredDraft | undefined) => StoredDraft | null,
  ): Promise<{ before: StoredDraft | undefined; after: StoredDraft | null }>;
  putSketch(sketch: StoredSketch): Promise<void>;
  /** The sketch that a tab left, if any, which is then forgotten. */
  takeSketch(draft: string, tab: string): Promise<StoredSketch | undefined>;
  close(): void;
}

export function openDraftDatabase(factory: IDBFactory): Promise<DraftDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open('maillage-drafts', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('drafts', { keyPath: 'key' });
      request.result.createObjectStore('sketches', { keyPath: ['draft', 'tab'] });
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another version of the page holds the drafts'));
    request.onsuccess = () => resolve(databaseOn(request.result));
  });
}

function databaseOn(db: IDBDatabase): DraftDatabase {
  // A newer page that changes the stores must not wait for this one.
  db.onversionchange = () => db.close();

  /** Ends when what was written is kept, not only asked for. */
  function turn<T>(
    store: 'drafts' | 'sketches',
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore, done: (value: T) => void) => void,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      let result: T;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the turn was dropped'));
      work(transaction.objectStore(store), (value) => {
        result = value;
      });
    });
  }

  return {
    all: (prefix) =>
      turn<StoredDraft[]>('drafts', 'readonly', (store, done) => {
        const request = store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
        request.onsuccess = () => done(request.result);
      }),
    update: (key, change) =>
      turn('drafts', 'readwrite', (store, done) => {
        const request = store.get(key);
        request.onsuccess = () => {
          const before: StoredDraft | undefined = request.result;
          const after = change(before);
          if (after === null) store.delete(key);
          else store.put(after);
          // A page on its way out commits what it can.
          store.transaction.commit();
          done({ before, after });
        };
      }),
    putSketch: (sketch) =>
      turn<void>('sketches', 'readwrite', (store) => {
        store.put(sketch);
        store.transaction.commit();
      }),
    takeSketch: (draft, tab) =>
      turn<StoredSketch | undefined>('sketches', 'readwrite', (store, done) => {
        const request = store.get([draft, tab]);
        request.onsuccess = () => {
          store.delete([draft, tab]);
          done(request.result);
        };
      }),
    close: () => db.close(),
  };
}
