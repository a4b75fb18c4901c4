import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { packageRoot } from '#kernel';
import { freePorts, Standalone } from '../journeys/standalone.js';
import { launchChromium } from '../support/chromium.js';
import { newSeededFolder } from '../support/data-folder.mjs';
import { PageRequests } from './requests.js';
import { type Language, type Say, sayIn } from './words.js';

const PICTURES = join(packageRoot(), 'test-output/screens');
/** A picture of a whole page takes 0.3 s; only a person looks at them. */
const KEEPS_PICTURES = process.env['THROUGHLINE_TEST_ALL'] === '1' || process.env['LONG'] === '1';
const PASSWORD = 'northwind demo';
/**
 * Finds what hangs, and says nothing about speed: two suites share a small
 * machine with all that they start.
 */
const PATIENCE_MS = 90_000;

export interface Look {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  /** False: a browser in which scripts are off. */
  readonly scripts?: boolean;
  readonly language?: Language;
  /** A telephone: fingers instead of a mouse. */
  readonly touch?: boolean;
}

/** How a person who is signed in begins. */
interface Beginning extends Look {
  /** Default: home, whose previews take 1 to 3 s of processor time. */
  readonly path?: string;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** Of a telephone's window, or a desk's. */
export const heightOf = (width: number): number => (width < 500 ? 812 : 900);

/** The built product with a real Chromium in front of it. */
export class Portal {
  private constructor(
    readonly standalone: Standalone,
    private readonly browser: Browser,
    /** What goes with it; null where the product's data stays. */
    private readonly folder: string | null,
  ) {}

  /**
   * With what a first start seeds.
   * @param settings of the product, as an operator would set them.
   */
  static async open(settings: Readonly<Record<string, string>> = {}): Promise<Portal> {
    const { folder, data } = newSeededFolder('browser');
    const standalone = await Standalone.start(data, await freePorts(), settings);
    return new Portal(standalone, await launchChromium(), folder);
  }

  /**
   * In front of a product that runs already; closing ends it and leaves its
   * data.
   */
  static async before(standalone: Standalone): Promise<Portal> {
    return new Portal(standalone, await launchChromium(), null);
  }

  /**
   * Whoever has not left by now was stopped by a failure: what they see is kept
   * beside the other pictures.
   */
  async close(): Promise<void> {
    const left = this.browser.contexts().flatMap((context) => context.pages());
    for (const [at, page] of left.entries()) await page.screenshot({ path: join(PICTURES, `stopped-${at}.png`) });
    await this.browser.close();
    await this.standalone.server.end('SIGINT');
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Somebody in front of an own browser, at an address of the portal. */
  async visit(path: string, look: Look = {}): Promise<Visitor> {
    const visitor = await this.newVisitor(look);
    await visitor.page.goto(path);
    return visitor;
  }

  private async newVisitor({
    width = 1440,
    scheme = 'light',
    scripts = true,
    language = 'en',
    touch = false,
  }: Look): Promise<Visitor> {
    const context = await this.browser.newContext({
      baseURL: this.standalone.url,
      viewport: { width, height: heightOf(width) },
      colorScheme: scheme,
      javaScriptEnabled: scripts,
      locale: LOCALES[language],
      hasTouch: touch,
      isMobile: touch,
      timezoneId: 'Europe/London',
      // Drawing what slides and fades takes a tenth of Chromium's time here.
      reducedMotion: 'reduce',
    });
    // The account's language would replace that of the browser.
    await context.addInitScript(
      `try { localStorage.getItem('throughline.language') ?? localStorage.setItem('throughline.language', '${language}') } catch { /* a frame without storage */ }`,
    );
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return new Visitor(page, context, sayIn(language), touch);
  }

  /**
   * A person who is signed in, at a path of the portal. The session begins by a
   * request, as the form would begin it: loading and filling in the form at
   * every call takes longer than what many tests ask. The form has its own
   * tests.
   */
  async signIn(email: string, { path = '/', ...look }: Beginning = {}): Promise<Visitor> {
    const visitor = await this.newVisitor(look);
    const { page, say } = visitor;
    const answer = await page.request.post('/api/v1/session', { data: { email, password: PASSWORD } });
    if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
    await page.goto(path);
    await page.getByRole('button', { name: say('account.menu') }).waitFor();
    return visitor;
  }
}

/** More stops of the Tab key than any screen has. */
const LONGEST_WALK = 150;

/**
 * A person at the portal; finds things by what they are called, and counts the
 * clicks.
 */
export class Visitor {
  clicks = 0;
  /** What the page's own code complained about. */
  readonly errors: string[] = [];
  private readonly requests: PageRequests;

  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    /** The portal's words in the language of this browser. */
    readonly say: Say,
    private readonly touches = false,
  ) {
    page.on('pageerror', ({ message }) => this.errors.push(message));
    this.requests = new PageRequests(page);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.field(this.say('account.email')).fill(email);
    await this.field(this.say('account.password')).fill(password);
    await this.press(this.button(this.say('account.signIn')));
    await this.page.getByRole('button', { name: this.say('account.menu') }).waitFor();
  }

  button = (name: string | RegExp): Locator => this.page.getByRole('button', { name, exact: true });
  link = (name: string | RegExp): Locator => this.page.getByRole('link', { name, exact: true });
  heading = (name: string | RegExp): Locator => this.page.getByRole('heading', { name });
  /** A required field's label ends with a star. */
  field = (label: string): Locator =>
    this.page.getByLabel(new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?: \\*)?$`)).first();

  async press(target: Locator): Promise<void> {
    this.clicks++;
    await (this.touches ? target.tap() : target.click());
  }

  /**
   * Goes there by the Tab key alone, as who has no mouse does.
   * @throws Error when it is never reached.
   */
  async reach(target: Locator): Promise<void> {
    await target.first().waitFor();
    const here = target.first().and(this.page.locator(':focus-within'));
    for (let steps = 0; steps < LONGEST_WALK; steps++) {
      await this.page.keyboard.press('Tab');
      if ((await here.count()) > 0) return;
    }
    throw new Error(`The Tab key does not come to ${String(target)}.`);
  }

  /** The same, and presses it. */
  async enter(target: Locator, key: 'Enter' | 'Space' | 'ArrowRight' = 'Enter'): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press(key);
  }

  /**
   * Until all that the page has asked for, and asks because of it, is there.
   */
  async allThere(): Promise<void> {
    await this.requests.allAnswered();
  }

  async picture(name: string): Promise<void> {
    if (KEEPS_PICTURES) await this.savePicture(name);
  }

  /** Saves a picture of the whole page in every run: of what is wrong. */
  async savePicture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  /** A second tab of the same browser, at the same address. */
  async another(): Promise<Visitor> {
    return this.onPage(await this.context.newPage(), this.page.url());
  }

  /** The same person in front of a new tab. */
  async onPage(page: Page, address: string): Promise<Visitor> {
    page.setDefaultTimeout(PATIENCE_MS);
    const visitor = new Visitor(page, this.context, this.say, this.touches);
    await page.goto(address);
    return visitor;
  }

  async leave(): Promise<void> {
    // What was shown before it was answered must not happen in the middle of
    // what comes next.
    await this.requests.changesAnswered();
    await this.context.close();
  }
}
