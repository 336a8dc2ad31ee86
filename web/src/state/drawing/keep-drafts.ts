import { effect, signal, untracked } from '@preact/signals';
import { region } from '../analysis.ts';
import { announce } from '../announce.ts';
import {
  draftOnScreen,
  draftsAside,
  editing,
  followOther,
  keepDrafts,
  perform,
  putOnScreen,
} from '../draft.ts';
import type { Region } from '../region.ts';
import { type DraftDatabase, openDraftDatabase, type StoredSketch } from './draft-database.ts';
import { blankDraft, type DraftCommand, keyOfDraft } from './draft-model.ts';
import { afterCommand, fromStored, type StoredDraft, toStored } from './stored-draft.ts';

/** Whether this browser keeps the drawings; null until it is known. */
export const draftsKept = signal<boolean | null>(null);

/** How often a gesture that goes on is written down, ms. */
const SKETCH_EVERY = 250;

let sketchDown: (added: Iterable<number>, removed: Iterable<number>, tool: string) => void =
  () => {};
let sketchOver: () => void = () => {};
/** Writes the gesture under way down, now and then; a reload takes it up. */
export const noteSketch: typeof sketchDown = (...gesture) => sketchDown(...gesture);
/** The gesture is over or dropped: there is nothing to take up. */
export const forgetSketch = () => sketchOver();

/**
 * Keeps every drawing in the browser as it is made, before the network has a say, and follows what
 * other tabs make of the same ones. Gives what stops it.
 */
export function keepDraftsInBrowser(): () => void {
  let stop = () => {};
  const unfollow = effect(() => {
    const loaded = region.value;
    if (!loaded) return;
    untracked(() => {
      stop();
      stop = keepFor(loaded);
    });
  });
  return () => {
    unfollow();
    stop();
  };
}

function keepFor(loaded: Region): () => void {
  const prefix = `${loaded.health.region.code}|`;
  const tab = tabName();
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('maillage-drafts') : null;
  /** last revision of each drawing that this tab knows */
  const known = new Map<string, string>();
  let writes = 0;
  let turn = 0;
  let stopped = false;
  const shownBefore = sessionStorage.getItem('maillage.draft') ?? 'new';
  const database: Promise<DraftDatabase | null> = open();

  async function open() {
    try {
      if (!('indexedDB' in globalThis)) throw new Error('no database in this browser');
      const db = await openDraftDatabase(indexedDB);
      draftsKept.value = true;
      return db;
    } catch (cause) {
      console.warn(cause);
      draftsKept.value = false;
      return null;
    }
  }

  /** Shows what is kept of a drawing in place of what this tab had of it. */
  function adopt(key: string, stored: StoredDraft | null): void {
    const own = key.slice(prefix.length);
    if (stored) known.set(key, stored.revision);
    else known.delete(key);
    if (own === keyOfDraft(editing.peek())) {
      followOther(stored ? fromStored(stored, loaded) : blankDraft);
      return;
    }
    const aside = new Map(draftsAside.peek());
    if (stored) aside.set(own, fromStored(stored, loaded));
    else aside.delete(own);
    draftsAside.value = aside;
  }

  async function write(own: string, command: DraftCommand): Promise<void> {
    const key = prefix + own;
    // Before the first wait: the page may be on its way out.
    const revision = `${tab}:${Date.now()}:${++turn}`;
    writes++;
    let missed = false;
    try {
      const db = await database;
      if (!db || stopped) return;
      const { before, after } = await db.update(key, (kept) => {
        missed = kept?.revision !== known.get(key) && command.kind !== 'set';
        // Another tab may have forgotten it; what is on screen here is still worth keeping.
        const lost = !kept && own !== 'new' && own === keyOfDraft(editing.peek());
        const next =
          lost && command.kind !== 'forget'
            ? toStored(key, draftOnScreen(), loaded)
            : afterCommand(key, kept, command, loaded, !missed);
        if (next) known.set(key, revision);
        else known.delete(key);
        return next && { ...next, revision };
      });
      channel?.postMessage({ key, before: before?.revision });
      if (missed && writes === 1) adopt(key, after);
    } catch (cause) {
      console.warn(cause);
      draftsKept.value = false;
    } finally {
      writes--;
    }
  }

  async function readAll(): Promise<void> {
    const db = await database;
    const kept = (await db?.all(prefix)) ?? [];
    if (stopped) return;
    const aside = new Map(draftsAside.peek());
    for (const stored of kept) {
      // Who was quicker than the database finds what is kept with the first gesture.
      if (known.has(stored.key) || writes > 0) continue;
      known.set(stored.key, stored.revision);
      const own = stored.key.slice(prefix.length);
      if (own === shownBefore) putOnScreen(fromStored(stored, loaded));
      else aside.set(own, fromStored(stored, loaded));
    }
    draftsAside.value = aside;
    const left = await db?.takeSketch(prefix + keyOfDraft(editing.peek()), tab);
    if (left) takeUp(left);
  }

  function takeUp({ added, removed, tool }: StoredSketch): void {
    const units = (text: string) =>
      text.split(' ').flatMap((code) => loaded.indexOf.get(code) ?? []);
    if (perform(units(added), units(removed), tool) === 0) return;
    announce(
      'Le geste que le rechargement avait interrompu est repris\u00a0: « Annuler » l’enlève.',
    );
  }

  const onMessage = async ({ data }: MessageEvent<{ key: string }>) => {
    if (!data.key.startsWith(prefix)) return;
    const db = await database;
    const stored = (await db?.all(data.key))?.find(({ key }) => key === data.key) ?? null;
    // A write on its way will find what it missed by itself.
    if (!stopped && writes === 0 && stored?.revision !== known.get(data.key))
      adopt(data.key, stored);
  };
  channel?.addEventListener('message', onMessage);

  let lastSketch = 0;
  let sketched: string | null = null;
  sketchDown = (added, removed, tool) => {
    const now = Date.now();
    if (now - lastSketch < SKETCH_EVERY) return;
    lastSketch = now;
    sketched = prefix + keyOfDraft(editing.peek());
    const codes = (units: Iterable<number>) =>
      [...units].map((unit) => loaded.code[unit]!).join(' ');
    const sketch = { draft: sketched, tab, added: codes(added), removed: codes(removed), tool };
    void database.then((db) => db?.putSketch(sketch)).catch(() => {});
  };
  sketchOver = () => {
    const over = sketched;
    sketched = null;
    lastSketch = 0;
    if (over) void database.then((db) => db?.takeSketch(over, tab)).catch(() => {});
  };
  keepDrafts((key, command) => void write(key, command));
  void readAll().catch((cause) => console.warn(cause));
  const remember = effect(() =>
    sessionStorage.setItem('maillage.draft', keyOfDraft(editing.value)),
  );
  return () => {
    stopped = true;
    remember();
    keepDrafts(() => {});
    channel?.removeEventListener('message', onMessage);
    channel?.close();
    void database.then((db) => db?.close());
  };
}

/** Outlives a reload, not the tab. */
function tabName(): string {
  const kept = sessionStorage.getItem('maillage.tab');
  if (kept) return kept;
  const name = Math.random().toString(36).slice(2, 10);
  sessionStorage.setItem('maillage.tab', name);
  return name;
}
