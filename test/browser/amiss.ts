import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import type { Visitor } from './portal.js';

/** What is amiss on the screen as it stands, in both themes, wide and narrow. */
export async function amiss({ page }: Visitor): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const)
    for (const width of [375, 1440]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      // What fades in has colours of its own half-way, and a busy page takes its time to change them.
      await page.waitForTimeout(400);
      const isStill = `document.documentElement.dataset.mantineColorScheme === '${colorScheme}' && document.getAnimations().every(({ playState }) => playState !== 'running')`;
      await until(() => page.evaluate<boolean>(isStill), `the screen in ${colorScheme}`);
      found.push(...(await violations(page)).map((violation) => `${colorScheme} ${width}: ${violation}`));
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      if (overflow > 0) found.push(`${width}: ${overflow} pixels wider than the screen`);
    }
  return found;
}
