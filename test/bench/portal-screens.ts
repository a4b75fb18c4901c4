import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packageRoot } from '#kernel';
import type { Portal } from '../browser/portal.js';
import { scriptsOf } from '../browser/scripts.js';
import { SEATS } from './portal-crowd.js';
import { type Side, VENDOR_OWNER } from './portal-lists.js';

const VISITS = 5;
const SETTLED_MS = 2_000;
/** How often a user visits all screens without a page load. */
const ROUNDS = 20;

export interface ScreenFigures {
  /**
   * Milliseconds from the address until the content of the screen is shown, by
   * screen.
   */
  readonly screens: readonly { readonly side: Side; readonly path: string; readonly ms: readonly number[] }[];
  /**
   * Routes of the portal without an example address: add them to this bench.
   */
  readonly unmeasured: readonly string[];
  /** Bytes of scripts for the partner's home, compressed. */
  readonly homeScriptBytes: number;
  /**
   * Bytes of the browser's heap after each round through all screens, after a
   * forced collection.
   */
  readonly heapBytes: Readonly<Record<Side, readonly number[]>>;
}

/**
 * Screens of a path with an id: where a link to one is, or how to find its
 * address in the page.
 */
const LINKS: Readonly<
  Record<string, { readonly on: string; readonly link: string; readonly then?: string } | { readonly find: string }>
> = {
  'offers/:versionId': { on: '/', link: 'a[href^="/offers/"]' },
  // The list with the most contacts, of any age.
  'activations/:id': {
    find: `(async () => {
      const read = async (path) => (await fetch('/api/v1/' + path)).json();
      const { items } = await read('activations?limit=200');
      let most = null;
      for (const { id } of items) { const one = await read('activations/' + id); if (most === null || one.contacts > most.contacts) most = one; }
      return most === null ? null : '/activations/' + most.id;
    })()`,
  },
  'contacts/:id/file': {
    find: `fetch('/api/v1/contacts?limit=1').then((answer) => answer.json()).then(({ items: [one] }) => one === undefined ? null : '/contacts/' + one.id + '/file')`,
  },
  'results/:id': { on: '/results', link: 'a[href^="/results/"]' },
  'webhooks/:id': { on: '/webhooks', link: 'a[href^="/webhooks/"]' },
  'campaigns/:id': { on: '/campaigns', link: 'a[href^="/campaigns/"]:not([href$="/new"])' },
  'campaigns/:id/versions/new': {
    on: '/campaigns',
    link: 'a[href^="/campaigns/"]:not([href$="/new"])',
    then: '/versions/new',
  },
  'campaigns/:id/versions/:number': {
    on: '/campaigns',
    link: 'a[href^="/campaigns/"]:not([href$="/new"])',
    then: '/versions/1',
  },
  'campaigns/:id/versions/:number/edit': {
    on: '/campaigns',
    link: 'a[href^="/campaigns/"]:not([href$="/new"])',
    then: '/versions/1/edit',
  },
};
/** No link leads to these unless something has begun, such as an import. */
const BEGUN_ELSEWHERE: readonly string[] = [
  'contacts/import/:id',
  'invitation/:token',
  'email/:token',
  'password/:token',
  'password',
];

interface Route {
  readonly side: Side;
  readonly path: string;
}

/** The portal's own list of its screens. */
function routesOf(): Route[] {
  const source = readFileSync(join(packageRoot(), 'apps/portal/src/app/routes.tsx'), 'utf8');
  const blocks = source.split(/export const (\w+)Routes/).slice(1);
  return blocks.flatMap((block, at): Route[] => {
    if (at % 2 === 0) return [];
    const paths = [...block.matchAll(/screen\(\s*'([^']+)'/g)].map(([, path = '']) => path);
    const name = blocks[at - 1];
    const sides: Side[] = name === 'partner' || name === 'vendor' ? [name] : ['partner', 'vendor'];
    return sides.flatMap((side) => [...(name === 'shared' ? [''] : []), ...paths].map((path) => ({ side, path })));
  });
}

export async function measureScreens(
  portal: Portal,
  isLong: boolean,
  say: (line: string) => void,
): Promise<ScreenFigures> {
  const screens: ScreenFigures['screens'][number][] = [];
  const unmeasured: string[] = [];
  const heapBytes: Record<Side, readonly number[]> = { partner: [], vendor: [] };
  let homeScriptBytes = 0;
  for (const side of ['partner', 'vendor'] as const) {
    const { page } = await portal.signIn(side === 'partner' ? SEATS.partner : VENDOR_OWNER);
    if (side === 'partner') homeScriptBytes = (await scriptsOf(page, '/')).bytes;
    const walked: string[] = [];
    for (const { path } of routesOf().filter((route) => route.side === side && !BEGUN_ELSEWHERE.includes(route.path))) {
      const address = await addressOf(page, path);
      if (address === null) {
        unmeasured.push(`${path} (${side})`);
        continue;
      }
      walked.push(address);
      const ms = await visits(page, address);
      screens.push({ side, path: `/${path}`, ms });
      say(`/${path}: ${ms.map((one) => one.toFixed(0)).join(' ')} ms`);
    }
    say(`${ROUNDS} rounds through ${walked.length} screens of the ${side} without loading the page anew`);
    heapBytes[side] = await heapOverRounds(page, walked, isLong ? ROUNDS : 8);
  }
  return { screens, unmeasured, homeScriptBytes, heapBytes };
}

async function addressOf(page: Page, path: string): Promise<string | null> {
  if (!path.includes(':')) return `/${path}`;
  const known = LINKS[path];
  if (known === undefined) return null;
  if ('find' in known) {
    await page.goto('/');
    return page.evaluate<string | null>(known.find);
  }
  await page.goto(known.on);
  const link = page.locator(known.link).first();
  await link.waitFor({ state: 'attached', timeout: 30_000 }).catch(() => undefined);
  if ((await link.count()) === 0) return null;
  return `${(await link.getAttribute('href')) ?? ''}${known.then ?? ''}`;
}

interface Document {
  querySelector(selector: string): object | null;
}

/**
 * Time in the page's clock when a heading is shown and nothing is loading; null
 * before.
 */
const interactiveAt = (): number | null => {
  const { document } = globalThis as unknown as { document: Document };
  const isBusy = document.querySelector('.mantine-Skeleton-root, [aria-busy="true"], .mantine-Loader-root') !== null;
  return document.querySelector('h1') === null || isBusy ? null : performance.now();
};

async function visits(page: Page, path: string): Promise<number[]> {
  const figures: number[] = [];
  // The first visit fills the browser's cache with its scripts.
  for (let at = 0; at <= VISITS; at += 1) {
    await page.goto(path, { waitUntil: 'commit' });
    const handle = await page.waitForFunction(interactiveAt, undefined, { polling: 'raf' });
    if (at > 0) figures.push(Number(await handle.jsonValue()));
    // Background requests (pictures, a long list) must not slow down later
    // visits.
    await page.waitForLoadState('networkidle', { timeout: SETTLED_MS }).catch(() => undefined);
  }
  return figures;
}

async function heapOverRounds(page: Page, paths: readonly string[], rounds: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const figures: number[] = [];
  await page.goto('/');
  for (let round = 0; round < rounds; round += 1) {
    for (const path of paths) {
      // As the router is notified when a user goes back or forward.
      await page.evaluate(
        `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate', { state: {} }))`,
      );
      await page.waitForFunction(interactiveAt, undefined, { polling: 'raf' });
    }
    await session.send('HeapProfiler.collectGarbage');
    figures.push((await session.send('Runtime.getHeapUsage')).usedSize);
  }
  await session.detach();
  return figures;
}
