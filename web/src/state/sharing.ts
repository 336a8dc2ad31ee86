import { computed, signal } from '@preact/signals';
import type {
  CommentPage,
  CreatedLink,
  NewLink,
  ShareLink,
  TerritoryComment,
} from '../../../server/contracts/sharing.ts';
import type { ApiFailure } from '../api/client.ts';
import * as api from '../api/sharing.ts';
import { announce } from './announce.ts';
import { asFailure, readyValue, resource } from './resource.ts';

/** Links and comments of the CPTS selected. */
export const links = resource<ShareLink[]>();
export const comments = resource<CommentPage>();

/** The link made last, whose address is told this once. */
export const freshLink = signal<{ cpts: number; link: CreatedLink } | null>(null);

/** What failed of the last act, beside the CPTS it concerns. */
export const sharingFailure = signal<{ cpts: number; error: ApiFailure } | null>(null);
export const sharingBusy = signal(false);

/** Where the holders of a token go. */
export const addressOf = (token: string) => `${location.origin}/partage/${token}`;

export function loadSharing(cpts: number): void {
  void links.show(String(cpts), async (signal) => (await api.fetchLinks(cpts, signal)).items);
  void comments.show(String(cpts), (signal) => api.fetchComments(cpts, signal));
}

export function clearSharing(): void {
  links.clear();
  comments.clear();
}

/** Reads the comments again: others write them. */
export async function refreshComments(cpts: number): Promise<void> {
  await attempt(cpts, async () => comments.put(String(cpts), await api.fetchComments(cpts)));
}

export async function makeLink(cpts: number, wanted: NewLink): Promise<boolean> {
  return attempt(cpts, async () => {
    const link = await api.createLink(cpts, wanted);
    freshLink.value = { cpts, link };
    const { token: _, ...kept } = link;
    links.put(String(cpts), [kept, ...(readyValue(links.state.peek()) ?? [])]);
    announce('Lien créé\u00a0: copiez son adresse maintenant.');
  });
}

export async function revokeLink(cpts: number, id: number): Promise<boolean> {
  return attempt(cpts, async () => {
    const revoked = await api.revokeLink(cpts, id);
    if (freshLink.peek()?.link.id === id) freshLink.value = null;
    const all = readyValue(links.state.peek()) ?? [];
    links.put(
      String(cpts),
      all.map((link) => (link.id === id ? revoked : link)),
    );
    announce('Lien retiré\u00a0: son adresse n’ouvre plus rien.');
  });
}

export const answer = (cpts: number, id: number, text: string) =>
  onComment(cpts, () => api.answerComment(cpts, id, text), 'Réponse publiée.');

export const closeComment = (cpts: number, id: number) =>
  onComment(cpts, () => api.closeComment(cpts, id), 'Avis clos.');

export const reopenComment = (cpts: number, id: number) =>
  onComment(cpts, () => api.reopenComment(cpts, id), 'Avis rouvert.');

async function onComment(cpts: number, act: () => Promise<TerritoryComment>, done: string) {
  return attempt(cpts, async () => {
    const changed = await act();
    const page = readyValue(comments.state.peek());
    if (page) {
      const items = page.items.map((one) => (one.id === changed.id ? changed : one));
      const before = page.items.find(({ id }) => id === changed.id);
      const reopened = Number(before?.closedAt !== null) - Number(changed.closedAt !== null);
      comments.put(String(cpts), { ...page, items, open: page.open + reopened });
    }
    announce(done);
  });
}

/** One act at a time; its failure is shown beside what it concerns. */
async function attempt(cpts: number, act: () => Promise<void>): Promise<boolean> {
  if (sharingBusy.peek()) return false;
  sharingBusy.value = true;
  sharingFailure.value = null;
  try {
    await act();
    return true;
  } catch (cause) {
    sharingFailure.value = { cpts, error: asFailure(cause) };
    return false;
  } finally {
    sharingBusy.value = false;
  }
}

/** Comments of the CPTS selected that are not closed. */
export const openComments = computed(
  () => readyValue(comments.state.value)?.items.filter(({ closedAt }) => closedAt === null) ?? [],
);
