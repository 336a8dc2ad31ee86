import type {
  CommentPage,
  CreatedLink,
  NewComment,
  NewLink,
  SharedComment,
  SharedTerritory,
  ShareLink,
  ShareLinkList,
  TerritoryComment,
} from '../../../server/contracts/sharing.ts';
import { call } from './client.ts';

export const fetchLinks = (cpts: number, signal: AbortSignal) =>
  call<ShareLinkList>(`/api/cpts/${cpts}/links`, { signal });

export const createLink = (cpts: number, link: NewLink) =>
  call<CreatedLink>(`/api/cpts/${cpts}/links`, { method: 'POST', body: link });

export const revokeLink = (cpts: number, link: number) =>
  call<ShareLink>(`/api/cpts/${cpts}/links/${link}/revoke`, { method: 'POST' });

/** The latest thousand comments, and how many are open of all. */
export const fetchComments = (cpts: number, signal?: AbortSignal) =>
  call<CommentPage>(`/api/cpts/${cpts}/comments`, {
    query: { limit: 1000 },
    ...(signal ? { signal } : {}),
  });

const onComment = (cpts: number, comment: number, verb: string, body?: unknown) =>
  call<TerritoryComment>(`/api/cpts/${cpts}/comments/${comment}/${verb}`, {
    method: 'POST',
    ...(body === undefined ? {} : { body }),
  });

export const answerComment = (cpts: number, comment: number, text: string) =>
  onComment(cpts, comment, 'answer', { text });

export const closeComment = (cpts: number, comment: number) => onComment(cpts, comment, 'close');

export const reopenComment = (cpts: number, comment: number) => onComment(cpts, comment, 'reopen');

const shared = (token: string) => `/api/shared/${encodeURIComponent(token)}`;

export const fetchShared = (token: string, signal: AbortSignal) =>
  call<SharedTerritory>(shared(token), { signal });

export const leaveComment = (token: string, comment: NewComment) =>
  call<SharedComment>(`${shared(token)}/comments`, { method: 'POST', body: comment });
