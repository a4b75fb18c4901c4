import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { packageRoot } from '#kernel';
import { launchChromium } from './chromium.js';
import { ORIGIN } from './compiled-samples.js';

/** Of a window, before it is known how high a message is. */
const HEIGHT = 900;

/** An e-mail's or page's pictures and text; nothing else is ever fetched. */
export interface ShownPage {
  readonly html: string;
  readonly pictures: ReadonlyMap<string, Buffer>;
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
  /** Answer headers: a landing page comes with its policy. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real Chromium that knows the bundled fonts alone, so that a line breaks where it breaks on every machine, and no network. */
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
   * Shows a message as high as it is, so that every point of it can be asked about.
   * @param look what is asked while it is shown, and what the browser complained about: above all, what its policy forbids.
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

/** What a width or a scheme changes is laid out and painted two frames later. */
const NEXT_FRAME = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';

/** The same message in another window: a load of its own would find the same, for many times the price. */
export async function reframe(page: Page, width: number, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: HEIGHT });
  await page.evaluate(NEXT_FRAME);
  await fitTo(page, width);
}

/** As high as it is at this width. */
async function fitTo(page: Page, width: number): Promise<void> {
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  await page.setViewportSize({ width, height: Math.min(height, 8_000) });
}

/** Where a picture of a test is kept for whoever wants to look. */
export function pictureFile(name: string): string {
  const file = join(packageRoot(), 'test-output/golden', name);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}
