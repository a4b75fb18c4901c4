import type { Page } from 'playwright-core';

/**
 * What travels of scripts, in bytes as they travel, with their headers and with
 * nothing in the cache, until a screen stands there.
 */
export async function scriptsOf(page: Page, path: string): Promise<{ files: number; bytes: number }> {
  // What the screen before is still asking for is not this one's.
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await session.detach();
  return { files: scripts.size, bytes };
}
