import { violations } from '../support/axe.js';
import { CampaignsInWork } from './campaigns-in-work.js';
import { englishOn } from './english.js';
import { heightOf, type Look, type Portal, type Visitor } from './portal.js';
import { overflowOf } from './screen-problems.js';
import { LAUNCHED, OWNER, PARTNER, type Screen, VENDOR } from './screens.js';
import { sharedPortal } from './shared-portal.js';
import type { Language } from './words.js';

/**
 * LONG=1: every rule in every look and language. Otherwise a screen is asked
 * for everything in its first look and for its colours and width in the others,
 * which takes a third less time.
 */
const isLong = process.env['LONG'] === '1';
/** npm test opens a screen in one look; a run of all suites in each of a walk. */
const isWhole = isLong || process.env['THROUGHLINE_TEST_ALL'] === '1';

/** What a browser looks like, and what its pictures are called. */
export interface NamedLook extends Look {
  readonly called: string;
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

export const LOOKS = {
  wideLight: { called: 'wide light', width: 1440, scheme: 'light' },
  wideDark: { called: 'wide dark', width: 1440, scheme: 'dark' },
  narrowLight: { called: 'narrow light', width: 375, scheme: 'light' },
  narrowDark: { called: 'narrow dark', width: 375, scheme: 'dark' },
} as const satisfies Readonly<Record<string, NamedLook>>;

type People = readonly (readonly [email: string, screens: readonly Screen[]])[];
const PARTNERS: People = [
  ['olivia@brightwater.example', PARTNER],
  ['tyler@cascade.example', LAUNCHED],
];
const VENDORS: People = [
  ['maya@northwind.example', VENDOR],
  ['nora@northwind.example', OWNER],
];

type Walk = readonly [NamedLook, ...NamedLook[]];

/**
 * Walks every screen in a language: usable by everybody, no wider than its
 * window, and in no other language.
 * @param walks the looks of a walk in their order: each screen is opened in the
 *   first of them, then the window is drawn wider or smaller and the system
 *   changes its scheme, as in the evening. People take turns with them, so that
 *   every look is the first one somewhere.
 */
export function holdEveryScreen(language: Language, walks: readonly Walk[]): void {
  describe(`every screen in ${language === 'de' ? 'German' : 'English'}`, () => {
    const shared = sharedPortal();
    let portal: Portal;
    beforeAll(async () => {
      portal = await shared.open();
      await (await CampaignsInWork.by(portal.standalone.url, await portal.standalone.now())).all();
    });
    afterAll(() => shared.close());

    // Both organisations at once: much of a walk is waiting for answers.
    const walkedBy = new Map<string, Promise<Findings>>();
    beforeAll(() => {
      for (const people of [PARTNERS, VENDORS]) {
        let before: Promise<unknown> = Promise.resolve();
        for (const [at, [email, screens]] of people.entries()) {
          const walked = before.then(() => walk(portal, email, screens, looksOf(walks, at), language));
          walkedBy.set(email, walked);
          before = walked.catch(() => undefined);
        }
      }
    });

    for (const people of [PARTNERS, VENDORS])
      for (const [at, [email]] of people.entries()) {
        const called = looksOf(walks, at).map((look) => look.called);
        it(`is usable by everybody and fits, ${called.join(' and ')}, for ${email}`, async () => {
          expect(await walkedBy.get(email)).toEqual({ problems: [], errors: [] });
        }, 600_000);
      }
  });
}

const turned = ([first, ...others]: Walk): Walk => {
  const [next, ...rest] = others;
  return next === undefined ? [first] : [next, ...rest, first];
};

interface Findings {
  readonly problems: readonly string[];
  /** What the code of the pages complained about. */
  readonly errors: readonly string[];
}

const looksOf = (walks: readonly Walk[], at: number): Walk => walks[at % walks.length] ?? [LOOKS.wideLight];

async function walk(
  portal: Portal,
  email: string,
  screens: readonly Screen[],
  looks: Walk,
  language: Language,
): Promise<Findings> {
  const visitor = await portal.signIn(email, { ...looks[0], language });
  const problems: string[] = [];
  const loaded = new Set<string>();
  for (const [screen, [first, ...others]] of inOrder(screens, looks)) {
    await show(visitor, first);
    await arriveAt(visitor, screen, loaded);
    for (const look of isWhole ? [first, ...others] : [first]) {
      const asked = isLong ? 'all' : look !== first ? 'colours' : language === 'en' ? 'all' : 'words';
      problems.push(...(await problemsAt(visitor, screen, look, language, asked)));
    }
  }
  await visitor.leave();
  return { problems, errors: visitor.errors };
}

/**
 * Screens with their looks: each look is the first one of half of the screens.
 * The window changes its look before it leaves a screen, and then that is drawn
 * again: 3 s of processor time for a review with its previews. So a walk in one
 * look changes it once; one in all looks begins with that of the screen before.
 */
function inOrder(screens: readonly Screen[], looks: Walk): (readonly [Screen, Walk])[] {
  const withLooks = screens.map((screen, at) => [screen, at % 2 === 0 ? looks : turned(looks)] as const);
  if (isWhole) return withLooks;
  return [0, 1].flatMap((rest) => withLooks.filter((_, at) => at % 2 === rest));
}

/**
 * Opens a screen. After the first one the page goes there without loading the
 * portal again, as a link does, which takes half of the time. A run of all
 * suites loads each path once.
 * @param loaded paths that this visitor has loaded already.
 */
async function arriveAt(visitor: Visitor, { path, reach }: Screen, loaded: Set<string>): Promise<void> {
  const { page } = visitor;
  const isLoaded = isWhole ? loaded.has(path) : loaded.size > 0;
  if (isLoaded && new URL(page.url()).pathname !== path) await page.evaluate(follow(path));
  else await page.goto(path);
  loaded.add(path);
  await page.locator('h1:not([data-before])').first().waitFor();
  await reach?.(visitor);
  await visitor.allThere();
}

/** In the browser: goes to a path of the portal, and marks what goes away. */
const follow = (path: string): string => `(() => {
  for (const heading of document.querySelectorAll('h1')) heading.dataset.before = '';
  history.pushState(null, '', ${JSON.stringify(path)});
  dispatchEvent(new PopStateEvent('popstate'));
})()`;

async function show({ page }: Visitor, { width, scheme }: NamedLook): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: heightOf(width) });
}

/**
 * A picture is kept of a screen with a problem; LONG=1: of every screen. Taking
 * all of them took 40 of 300 seconds.
 * @returns what is wrong with a screen in this look.
 */
async function problemsAt(
  visitor: Visitor,
  { name }: Screen,
  look: NamedLook,
  language: Language,
  asked: 'all' | 'colours' | 'words',
): Promise<string[]> {
  const { page } = visitor;
  const { called, scheme } = look;
  await show(visitor, look);
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' });
  await visitor.allThere();
  const overflow = await overflowOf(page);
  const problems = [
    ...(await violations(page, asked)),
    ...(overflow > 0 ? [`${overflow} pixels wider than the screen`] : []),
    ...(language === 'en' ? [] : (await englishOn(page)).map((text) => `in English: ${text}`)),
  ];
  if (isLong || problems.length > 0)
    await visitor.savePicture(`${language === 'en' ? '' : `${language}-`}${name}-${called.replace(' ', '-')}`);
  return problems.map((one) => `${name}, ${called}: ${one}`);
}
