import type { Coverage } from '../../../server/contracts/coverage.ts';
import type { Cpts, CptsPage } from '../../../server/contracts/cpts.ts';
import type { CptsHistory, UnitHistory } from '../../../server/contracts/cpts-history.ts';
import type { TakeStep } from '../../../server/contracts/cpts-life.ts';
import type { EventFilters, EventPage } from '../../../server/contracts/events.ts';
import type {
  OverlapPage,
  OverlapResolution,
  PreviewResolution,
  ResolvedOverlap,
  ResolveOverlap,
} from '../../../server/contracts/overlaps.ts';
import type { CommentCounts } from '../../../server/contracts/sharing.ts';
import { allItems, call } from './client.ts';

export type Gifts = NonNullable<PreviewResolution['give']>;

/** Territories and steps as they were on a day, `2026-11-22`. */
export const fetchCptsOf = (day: string, signal: AbortSignal) =>
  allItems<CptsPage>('/api/cpts', signal, { at: day });

export const fetchCommentCounts = (signal: AbortSignal) =>
  call<CommentCounts>('/api/comment-counts', { signal });

export const takeStep = (id: number, body: TakeStep) =>
  call<Cpts>(`/api/cpts/${id}/steps`, { method: 'POST', body });

/** Agrees to a proposed version; in force at once when nobody else is waited for. */
export const acceptVersion = (id: number, number: number) =>
  call<Cpts>(`/api/cpts/${id}/versions/${number}/accept`, { method: 'POST' });

export const refuseVersion = (id: number, number: number, reason: string) =>
  call<Cpts>(`/api/cpts/${id}/versions/${number}/refuse`, { method: 'POST', body: { reason } });

/** Zones blanches, and the territories that call for a look. */
export const fetchCoverage = (signal: AbortSignal, day: string | null) =>
  call<Coverage>('/api/coverage', { signal, ...(day === null ? {} : { query: { at: day } }) });

/** Pairs that shared communes on a day, the gravest first. */
export const fetchOverlapsOf = (day: string, signal: AbortSignal) =>
  allItems<OverlapPage>('/api/overlaps', signal, { at: day });

/** How two CPTS would share out what both hold; units not named go where the rule says. */
export const fetchResolution = (a: number, b: number, give: Gifts, signal: AbortSignal) =>
  give.length === 0
    ? call<OverlapResolution>(`/api/overlaps/${a}/${b}`, { signal })
    : call<OverlapResolution>(`/api/overlaps/${a}/${b}/preview`, {
        method: 'POST',
        body: { give },
        signal,
      });

/** Proposes it to both CPTS, as versions that each must accept. */
export const proposeResolution = (a: number, b: number, body: ResolveOverlap) =>
  call<ResolvedOverlap>(`/api/overlaps/${a}/${b}/resolve`, { method: 'POST', body });

export const fetchCptsHistory = (id: number, signal: AbortSignal) =>
  call<CptsHistory>(`/api/cpts/${id}/history`, { signal });

/** What was changed, the latest first, so many from the one after `offset`. */
export const fetchEvents = (
  filters: EventFilters,
  { limit, offset }: { limit: number; offset: number },
  signal?: AbortSignal,
) =>
  call<EventPage>('/api/events', {
    query: { ...filters, limit, offset },
    ...(signal ? { signal } : {}),
  });

/** Who held a commune and since when. */
export const fetchUnitHistory = (code: string, signal: AbortSignal) =>
  call<UnitHistory>(`/api/units/${code}/history`, { signal });
