import { violations } from '../support/axe.js';
import { CampaignsInWork } from './campaigns-in-work.js';
import { englishOn } from './english.js';
import { heightOf, type Look, Portal, type Visitor } from './portal.js';
import { overflowOf } from './screen-problems.js';
import { LAUNCHED, OWNER, PARTNER, type Screen, VENDOR } from './screens.js';
import type { Language } from './words.js';

/**
 * LONG=1: every rule in every scheme and language. Otherwise a screen's second
 * scheme is asked for what a scheme changes, its colours, and the second
 * language for all else.
 */
const isLong = process.env['LONG'] === '1';

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

const PEOPLE: readonly [email: string, screens: readonly Screen[]][] = [
  ['olivia@brightwater.example', PARTNER],
  ['tyler@cascade.example', LAUNCHED],
  ['maya@northwind.example', VENDOR],
  ['nora@northwind.example', OWNER],
];

/**
 * Walks every screen in a language: usable by everybody, no wider than its
 * window, in no other language, and kept as a picture.
 * @param walks the looks of a walk in their order: each screen is opened in the
 *   first of them, then the window is drawn wider or smaller and the system
 *   changes its scheme, as in the evening. People take turns with them, so that
 *   every look is the first one somewhere.
 */
export function holdEveryScreen(language: Language, walks: readonly (readonly [NamedLook, ...NamedLook[]])[]): void {
  describe(`every screen in ${language === 'de' ? 'German' : 'English'}`, () => {
    let portal: Portal;
    beforeAll(async () => {
      portal = await Portal.open();
      await (await CampaignsInWork.by(portal.standalone.url, await portal.standalone.now())).all();
    });
    afterAll(() => portal.close());

    for (const [at, [email, screens]] of PEOPLE.entries()) {
      const looks = walks[at % walks.length] ?? [LOOKS.wideLight];
      it(`is usable by everybody and fits, ${looks.map(({ called }) => called).join(' and ')}, for ${email}`, async () => {
        const [first] = looks;
        const visitor = await portal.signIn(email, { ...first, language });
        const found: string[] = [];
        for (const screen of screens) {
          await show(visitor, first);
          await arriveAt(visitor, screen);
          const widths = new Set<number>();
          for (const look of looks) {
            const asked = isLong ? 'all' : widths.has(look.width) ? 'colours' : language === 'en' ? 'all' : 'words';
            widths.add(look.width);
            found.push(...(await problemsAt(visitor, screen, look, language, asked)));
          }
        }
        expect(found).toEqual([]);
        expect(visitor.errors).toEqual([]);
        await visitor.leave();
      }, 600_000);
    }
  });
}

async function arriveAt(visitor: Visitor, { path, reach }: Screen): Promise<void> {
  await visitor.page.goto(path);
  await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
  await reach?.(visitor);
  await visitor.allThere();
}

async function show({ page }: Visitor, { width, scheme }: NamedLook): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: heightOf(width) });
}

/**
 * Takes the picture of a screen in this look.
 * @returns what is wrong with it.
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
  await visitor.picture(`${language === 'en' ? '' : `${language}-`}${name}-${called.replace(' ', '-')}`);
  return problems.map((one) => `${name}, ${called}: ${one}`);
}
