import { Portal } from '../browser/portal.js';
import { median } from './figures.js';
import { FULL, QUICK } from './portal-crowd.js';
import { type ImportFigures, measureImports } from './portal-imports.js';
import { type ListFigures, measureLists } from './portal-lists.js';
import { measureScreens, type ScreenFigures } from './portal-screens.js';
import { openCrowdedProduct } from './portal-stage.js';

export type Part = 'lists' | 'screens' | 'imports';

export interface PortalFigures {
  readonly lists?: ListFigures;
  readonly screens?: ScreenFigures;
  readonly imports?: readonly ImportFigures[];
}

/**
 * All measurements of `npm run bench:portal`.
 * @param isQuick a fiftieth of the rows, and fewer rounds.
 */
export async function measurePortal(
  isQuick: boolean,
  parts: readonly Part[],
  say: (line: string) => void,
): Promise<PortalFigures> {
  const crowded = parts.includes('lists') || parts.includes('screens') ? await measureCrowded(isQuick, parts, say) : {};
  const imports = parts.includes('imports') ? { imports: await measureImports(isQuick, say) } : {};
  return { ...crowded, ...imports };
}

async function measureCrowded(
  isQuick: boolean,
  parts: readonly Part[],
  say: (line: string) => void,
): Promise<PortalFigures> {
  const standalone = await openCrowdedProduct(isQuick ? QUICK : FULL, say);
  const portal = await Portal.before(standalone);
  try {
    const lists = parts.includes('lists') ? { lists: await measureLists(standalone.url, say) } : {};
    const screens = parts.includes('screens') ? { screens: await measureScreens(portal, !isQuick, say) } : {};
    return { ...lists, ...screens };
  } finally {
    await portal.close();
  }
}

/** The one with the highest median. */
export function slowest<T extends { readonly ms: readonly number[] }>(figures: readonly T[]): T | undefined {
  return figures.toSorted((a, b) => median(b.ms) - median(a.ms))[0];
}

/**
 * Growth of a heap: the last tenth of its rounds divided by the second tenth.
 * The first tenth fills caches. 1 means no growth.
 */
export function growth(bytes: readonly number[]): number {
  const tenth = Math.max(1, Math.floor(bytes.length / 10));
  return median(bytes.slice(-tenth)) / median(bytes.slice(tenth, 2 * tenth));
}
