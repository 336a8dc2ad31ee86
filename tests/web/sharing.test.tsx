// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SharedComment, TerritoryComment } from '../../server/contracts/sharing.ts';
import { SharedPage } from '../../web/src/shared-page/page.tsx';
import {
  commentText,
  loadShared,
  send,
  sendFailure,
  sharedTerritory,
  sharedToken,
} from '../../web/src/shared-page/store.ts';
import { boot } from '../../web/src/state/boot.ts';
import { readyValue } from '../../web/src/state/resource.ts';
import {
  addressOf,
  clearSharing,
  closeComment,
  comments,
  freshLink,
  links,
  loadSharing,
  makeLink,
  openComments,
  reopenComment,
  revokeLink,
  sharingFailure,
} from '../../web/src/state/sharing.ts';
import { CommentItem } from '../../web/src/workspaces/draw/share/comment.tsx';
import { countByUnit } from '../../web/src/workspaces/draw/share/comment-marks.ts';
import { refusal, serve } from './serve.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(2, 2);
const comment = (id: number, more: Partial<TerritoryComment> = {}): TerritoryComment => ({
  id,
  version: 1,
  unit: null,
  author: '',
  text: `Avis ${id}`,
  at: '2026-11-22T10:00:00Z',
  answer: null,
  closedAt: null,
  link: null,
  ...more,
});
const link = {
  id: 1,
  kind: 'comment',
  label: 'Gien',
  createdAt: '',
  usedAt: null,
  revokedAt: null,
};
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

afterEach(() => {
  clearSharing();
  sharedTerritory.clear();
  freshLink.value = null;
  vi.unstubAllGlobals();
});

it.each([
  ['/partage/abc-DEF_1', 'abc-DEF_1'],
  ['/partage/abc/', 'abc'],
  ['/partage/%E0%A4%A', '%E0%A4%A'],
  ['/partage/', null],
  ['/', null],
  ['/partage/a/b', null],
])('the token of %s is %s', (path, token) => {
  expect(sharedToken(path)).toBe(token);
});

it('comments are counted by commune; those on the whole and far away have no place', () => {
  const on = (unit: string | null) => ({ unit });
  const [first, second] = region.code as [string, string];
  const counts = countByUnit(region, [on(second), on(null), on('75056'), on(first), on(second)]);
  expect(Object.fromEntries(counts)).toEqual({ 0: 1, 1: 2 });
});

describe('the owner', () => {
  const page = (items: TerritoryComment[]) => ({
    items,
    total: items.length,
    open: items.filter(({ closedAt }) => closedAt === null).length,
    limit: 1000,
    offset: 0,
  });
  const base = {
    'GET /api/cpts/7/links': () => ({ items: [] }),
    'GET /api/cpts/7/comments': () => page([comment(2), comment(1)]),
  };

  it('is told the address of a link once, and takes it back', async () => {
    serve({
      'POST /api/cpts/7/links/1/revoke': () => ({ ...link, revokedAt: '2026-11-22T10:00:00Z' }),
      'POST /api/cpts/7/links': () => ({ ...link, token: 'Jeton' }),
      ...base,
    });
    loadSharing(7);
    await settled();
    expect(await makeLink(7, { kind: 'comment', label: 'Gien' })).toBe(true);
    expect(freshLink.value?.link.token).toBe('Jeton');
    expect(addressOf('Jeton')).toMatch(/\/partage\/Jeton$/);
    expect(readyValue(links.state.value)).toEqual([link]);
    await revokeLink(7, 1);
    expect(freshLink.value).toBeNull();
    expect(readyValue(links.state.value)?.[0]?.revokedAt).not.toBeNull();
  });

  it('closes and opens comments, whose count of open ones follows', async () => {
    serve({
      'POST /api/cpts/7/comments/1/close': () => comment(1, { closedAt: '2026-11-22' }),
      'POST /api/cpts/7/comments/1/reopen': () => comment(1),
      ...base,
    });
    loadSharing(7);
    await settled();
    const open = () => readyValue(comments.state.value)?.open;
    await closeComment(7, 1);
    await closeComment(7, 1);
    expect([open(), openComments.value.map(({ id }) => id)]).toEqual([1, [2]]);
    await reopenComment(7, 1);
    expect([open(), openComments.value.length]).toEqual([2, 2]);
  });

  it('reads why an act failed', async () => {
    serve({ 'POST /api/cpts/7/comments/1/close': () => refusal(404, 'Parti.'), ...base });
    expect(await closeComment(7, 1)).toBe(false);
    expect(sharingFailure.value).toMatchObject({ cpts: 7, error: { message: 'Parti.' } });
  });
});

describe('the holder of a link', () => {
  const territory = {
    kind: 'comment',
    cpts: { name: 'Du Giennois', units: [] },
    comments: [] as SharedComment[],
  };

  it('keeps what was written when it could not be sent', async () => {
    serve({
      'GET /api/shared/Jeton': () => territory,
      'POST /api/shared/Jeton/comments': () => refusal(429, 'Trop de requêtes.'),
    });
    await loadShared('Jeton');
    commentText.value = 'Nos patients vont à Gien.';
    expect(await send('Jeton', null)).toBe(false);
    expect(commentText.value).toBe('Nos patients vont à Gien.');
    expect(sendFailure.value?.message).toBe('Trop de requêtes.');

    const sent: unknown[] = [];
    serve({
      'POST /api/shared/Jeton/comments': (_path, init) => {
        sent.push(JSON.parse(String(init.body)));
        return comment(1);
      },
    });
    expect(await send('Jeton', '45155')).toBe(true);
    expect(sent).toEqual([{ text: 'Nos patients vont à Gien.', unit: '45155' }]);
    expect(commentText.value).toBe('');
    expect(readyValue(sharedTerritory.state.value)?.comments).toHaveLength(1);
  });

  it('reads in French that a link opens nothing', async () => {
    boot.value = { phase: 'ready', region };
    vi.stubGlobal('fetch', async () =>
      Response.json(
        { error: { code: 'unknown_link', message: 'Ce lien n’ouvre rien.', requestId: 'r' } },
        { status: 404 },
      ),
    );
    const host = document.createElement('div');
    await act(() => render(<SharedPage token="faux" />, host));
    await act(settled);
    expect(host.textContent).toContain('Lien inconnu');
    expect(host.querySelector('[role="alert"]')?.textContent).toBe('Ce lien n’ouvre rien.');
    render(null, host);
  });
});

it('what people write is text, never markup', async () => {
  const host = document.createElement('div');
  const said = comment(1, {
    author: '<i>Moi</i>',
    text: '<img src=x onerror=alert(1)>',
    answer: { text: '<script>1</script>', at: '2026-11-22T10:00:00Z' },
  });
  await act(() => render(<CommentItem region={region} comment={said} />, host));
  expect(host.querySelector('img, script, i')).toBeNull();
  expect(host.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(host.textContent).toContain('tout le territoire');
  render(null, host);
});
