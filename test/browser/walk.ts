import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { heightOf, type Visitor } from './portal.js';

/** A folder for pictures of every state, for a person to look at. */
const PICTURES = process.env['SCREENSHOTS'];
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1440, 390] as const;
/** Nobody waits longer for a screen. */
const PATIENCE_MS = 20_000;

/** One thing that an author wants to have done, and what it took. */
interface Job {
  readonly name: string;
  readonly clicks: number;
  /** Texts, numbers and files. */
  readonly entries: number;
  readonly seconds: number;
}

/** An author who does one job after the other, by what is on the screen. Counts clicks and entries. */
export class Walk {
  readonly jobs: Job[] = [];
  private clicks = 0;
  private entries = 0;

  constructor(readonly visitor: Visitor) {
    visitor.page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Does a job, then looks at the screen: what axe finds in each colour scheme fails the job. */
  async job(name: string, work: () => Promise<void>): Promise<void> {
    const [clicks, entries, begun] = [this.clicks, this.entries, performance.now()];
    await work();
    const seconds = (performance.now() - begun) / 1000;
    this.jobs.push({ name, clicks: this.clicks - clicks, entries: this.entries - entries, seconds });
    expect(await this.look(name)).toEqual([]);
  }

  async press(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.first().click();
  }

  /** Replaces the text of a field or of a text on the canvas. */
  async type(target: Locator, text: string): Promise<void> {
    this.entries += 1;
    const { keyboard } = this.visitor.page;
    await target.first().click();
    await keyboard.press('Control+a');
    await keyboard.insertText(text);
  }

  /** The same, and leaves the field. */
  async write(target: Locator, text: string): Promise<void> {
    await this.type(target, text);
    await this.visitor.page.keyboard.press('Tab');
  }

  async choose(target: Locator, label: string): Promise<void> {
    this.clicks += 2;
    await target.first().selectOption({ label });
  }

  /** Presses a button that asks for a file. */
  async upload(button: Locator, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    this.entries += 1;
    const asked = this.visitor.page.waitForEvent('filechooser');
    await this.press(button);
    await (await asked).setFiles(file);
  }

  /** What the jobs took, as a table. */
  table(): string {
    const rows = this.jobs.map(
      ({ name, clicks, entries, seconds }) => `| ${name} | ${clicks} | ${entries} | ${seconds.toFixed(1)} |`,
    );
    return ['| job | clicks | entries | seconds |', '| --- | ---: | ---: | ---: |', ...rows].join('\n');
  }

  private async look(name: string): Promise<string[]> {
    const found: string[] = [];
    for (const scheme of SCHEMES) {
      await this.show(scheme, 1440);
      const all = await violations(this.visitor.page, scheme === 'light' ? 'all' : 'colours');
      found.push(...all.map((violation) => `${scheme}: ${violation}`));
      for (const width of PICTURES === undefined ? [] : WIDTHS) {
        await this.show(scheme, width);
        mkdirSync(PICTURES ?? '', { recursive: true });
        const file = `${this.jobs.length}-${name.replaceAll(/\W+/g, '-')}-${width}-${scheme}.png`;
        await this.visitor.page.screenshot({ path: join(PICTURES ?? '', file), fullPage: true });
      }
    }
    await this.show('light', 1440);
    return found;
  }

  private async show(colorScheme: (typeof SCHEMES)[number], width: number): Promise<void> {
    const { page } = this.visitor;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: heightOf(width) });
    const isShown = `document.documentElement.dataset.mantineColorScheme === '${colorScheme}'`;
    await until(() => page.evaluate<boolean>(isShown), `the screen in ${colorScheme}`);
  }
}
