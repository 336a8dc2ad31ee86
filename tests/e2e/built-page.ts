import { buildPage } from '../../scripts/build-page.ts';
import { findChromium } from './browser.ts';

/** Builds the page once for all the programs that the tests start: two at once would mix theirs. */
export async function setup(): Promise<void> {
  if (findChromium()) await buildPage({ begin() {}, progress() {}, end() {} });
}
