import type { Browser, CDPSession, Page } from 'playwright-core';

export interface Opening {
  /** from the address asked to the first map drawn, ms */
  ms: number;
  /** over the network, headers included */
  bytes: number;
}

/** In text, since these run in the page: this side knows no document. Gives the time of the page, ms. */
const ready = (page: Page, view: string) =>
  page.evaluate<number>(`new Promise((done) => {
    const look = () =>
      document.documentElement.dataset.mapReady === '${view}'
        ? done(performance.now())
        : setTimeout(look, 10);
    look();
  })`);
const twoFrames =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))';
const communesShown = "Number(document.querySelector('.figures-dense dd')?.textContent ?? 0)";

/** Opens an address in a browser that has nothing in its cache. */
export async function measureOpening(
  browser: Browser,
  address: string,
  view: string,
): Promise<Opening> {
  const { page, session } = await freshPage(browser);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto(address, { waitUntil: 'commit' });
  const ms = await ready(page, view);
  await page.context().close();
  return { ms, bytes };
}

async function freshPage(browser: Browser): Promise<{ page: Page; session: CDPSession }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    locale: 'fr-FR',
  });
  const page = await context.newPage();
  return { page, session: await context.newCDPSession(page) };
}

export interface Stroke {
  communes: number;
  /** script of each move of the pointer that changed the drawing, ms */
  moves: number[];
  /** script of the end of the gesture, with the advice, ms */
  end: number;
}

/**
 * One stroke of the large brush, move by move. What is counted is all the script of a move: which
 * communes it takes, every figure, the panel, the colours of the map.
 */
export async function measureStroke(
  browser: Browser,
  address: string,
  camera: string,
  least: number,
): Promise<Stroke> {
  const { page, session } = await freshPage(browser);
  await page.goto(`${address}/?espace=dessiner&carte=${camera}`);
  await ready(page, 'draft');
  // Flows come after the first map, and the figures with them.
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('b');
  await page.keyboard.press('b');
  await session.send('Performance.enable');
  const script = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0);
  };
  const drawn = () => page.evaluate<number>(communesShown);
  /** What a move set going is over by then. */
  const frames = () => page.evaluate<void>(twoFrames);
  // Once to warm up, then taken back.
  await page.mouse.move(500, 380);
  await page.mouse.down();
  await page.mouse.move(520, 380);
  await page.mouse.up();
  await page.keyboard.press('Control+z');
  await frames();
  const idle = await scriptOf(frames);
  await page.mouse.move(420, 300);
  await page.mouse.down();
  const moves: number[] = [];
  let communes = await drawn();
  for (let step = 1; step <= 150 && communes < least; step++) {
    const x = 420 + (step % 50) * 8;
    const y = 300 + Math.floor(step / 50) * 60;
    const spent = await scriptOf(async () => {
      await page.mouse.move(x, y);
      await frames();
    });
    const now = await drawn();
    if (now !== communes) moves.push(Math.max(0, spent - idle));
    communes = now;
  }
  const end = await scriptOf(async () => {
    await page.mouse.up();
    await frames();
  });
  await page.context().close();
  return { communes, moves, end: Math.max(0, end - idle) };

  async function scriptOf(work: () => Promise<void>): Promise<number> {
    const before = await script();
    await work();
    return (await script()) - before;
  }
}
