import type { Visitor } from './portal.js';

/**
 * Keeps answers to one kind of request back, as a slow network does.
 * @param path of the API, without `/api/v1`.
 * @returns what lets them arrive, and comes back once the first has.
 */
export async function heldBack({ page }: Visitor, method: string, path: string): Promise<() => Promise<void>> {
  const isAtPath = (url: URL): boolean => url.pathname === `/api/v1${path}`;
  let release: () => void = () => undefined;
  const released = new Promise<void>((arrive) => {
    release = arrive;
  });
  await page.route(isAtPath, async (route) => {
    if (route.request().method() === method) await released;
    await route.continue();
  });
  return async () => {
    const answer = page.waitForResponse(
      (response) => response.request().method() === method && isAtPath(new URL(response.url())),
    );
    release();
    await (await answer).finished();
    await page.unroute(isAtPath);
  };
}

/**
 * Lets one kind of request wait, and then be lost, as where the connection
 * breaks.
 * @param path of the API, without `/api/v1`.
 * @returns what loses them, and lets all that come after pass.
 */
export async function lostOnTheWay({ page }: Visitor, method: string, path: string): Promise<() => Promise<void>> {
  const isAtPath = (url: URL): boolean => url.pathname === `/api/v1${path}`;
  let lose: () => void = () => undefined;
  const lost = new Promise<void>((give) => {
    lose = give;
  });
  await page.route(isAtPath, async (route) => {
    if (route.request().method() !== method) return route.continue();
    await lost;
    return route.abort('connectionreset');
  });
  return async () => {
    const failure = page.waitForEvent('requestfailed', (request) => isAtPath(new URL(request.url())));
    lose();
    await failure;
    await page.unroute(isAtPath);
  };
}

/**
 * Refuses one kind of request, as a server does that is being renewed.
 * @param path of the API, without `/api/v1`.
 * @returns what lets all that come after pass.
 */
export async function refused({ page }: Visitor, method: string, path: string): Promise<() => Promise<void>> {
  const isAtPath = (url: URL): boolean => url.pathname === `/api/v1${path}`;
  await page.route(isAtPath, (route) =>
    route.request().method() === method ? route.fulfill({ status: 503, body: '' }) : route.continue(),
  );
  return () => page.unroute(isAtPath);
}
