import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { packageRoot } from '#kernel';
import { launchChromium } from './chromium.js';
import { ORIGIN } from './compiled-samples.js';

/** Height of a window in pixels, before the height of the message is known. */
const HEIGHT = 900;

/** An e-mail or page with its pictures. Nothing else is fetched. */
export interface ShownPage {
  readonly html: string;
  readonly pictures: ReadonlyMap<string, Buffer>;
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
  /** Answer headers: a landing page comes with its policy. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A real Chromium without network, with the bundled fonts only: lines break at
 * the same place on each machine.
 */
export class OfflineBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly home: string,
  ) {}

  static async open(): Promise<OfflineBrowser> {
    const home = mkdtempSync(join(tmpdir(), 'throughline-browser-'));
    const browser = await launchChromium({
      args: ['--font-render-hinting=none'],
      env: {
        HOME: home,
        PATH: '/usr/bin:/bin',
        XDG_CACHE_HOME: home,
        FONTCONFIG_FILE: join(packageRoot(), 'libs/artwork/fonts/fonts.conf'),
      },
    });
    return new OfflineBrowser(browser, home);
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.home, { recursive: true, force: true });
  }

  /**
   * Shows a message in a window of its height, so that checks reach each point.
   * @param look runs while it is shown. `complaints` are the warnings and
   *   errors of the console, for example of the policy.
   */
  async expose<Result>(
    exposure: ShownPage,
    look: (page: Page, complaints: readonly string[]) => Promise<Result>,
  ): Promise<Result> {
    const { html, pictures, width, scheme = 'light', headers = {} } = exposure;
    const context = await this.browser.newContext({ viewport: { width, height: HEIGHT }, colorScheme: scheme });
    try {
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (line) => {
        if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
      });
      page.on('pageerror', ({ message }) => complaints.push(message));
      await page.route('**/*', async (route) => {
        const address = route.request().url();
        const picture = pictures.get(address);
        if (address === `${ORIGIN}/shown`)
          await route.fulfill({ contentType: 'text/html; charset=utf-8', headers, body: html });
        else if (picture === undefined) await route.abort();
        else await route.fulfill({ body: picture });
      });
      await page.goto(`${ORIGIN}/shown`);
      await fitTo(page, width);
      return await look(page, complaints);
    } finally {
      await context.close();
    }
  }
}

/** A change of width or scheme is laid out and painted two frames later. */
const NEXT_FRAME = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';

/**
 * Shows the same message at another width and scheme. Loading it again finds
 * the same and takes many times as long.
 */
export async function reframe(page: Page, width: number, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: HEIGHT });
  await page.evaluate(NEXT_FRAME);
  await fitTo(page, width);
}

/** Sets the window to the height of the message at this width. */
async function fitTo(page: Page, width: number): Promise<void> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.min(height, 8_000) });
}

/** The path of a picture that a test stores for review. */
export function pictureFile(name: string): string {
  const file = join(packageRoot(), 'test-output/golden', name);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}
