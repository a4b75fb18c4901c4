import { violations } from '../support/axe.js';
import { englishOn } from './english.js';
import { type Look, Portal, type Visitor } from './portal.js';
import { OWNER, PARTNER, type Screen, VENDOR } from './screens.js';
import type { Language } from './words.js';

/** What a browser looks like, and what its pictures are called. */
export interface NamedLook extends Look {
  readonly called: string;
}

export const LOOKS = {
  wideLight: { called: 'wide light', width: 1440, scheme: 'light' },
  wideDark: { called: 'wide dark', width: 1440, scheme: 'dark' },
  narrowLight: { called: 'narrow light', width: 375, scheme: 'light' },
  narrowDark: { called: 'narrow dark', width: 375, scheme: 'dark' },
} as const satisfies Readonly<Record<string, NamedLook>>;

const PEOPLE: readonly [email: string, screens: readonly Screen[]][] = [
  ['olivia@brightwater.example', PARTNER],
  ['maya@northwind.example', VENDOR],
  ['nora@northwind.example', OWNER],
];

/** Walks every screen in a language: usable by everybody, no wider than its window, in no other language, and kept as a picture. */
export function holdEveryScreen(language: Language, looks: readonly NamedLook[]): void {
  describe(`every screen in ${language === 'de' ? 'German' : 'English'}`, () => {
    let portal: Portal;
    beforeAll(async () => {
      portal = await Portal.open();
    });
    afterAll(() => portal.close());

    for (const { called, ...look } of looks)
      for (const [email, screens] of PEOPLE)
        it(`is usable by everybody and fits, ${called}, for ${email}`, async () => {
          const visitor = await portal.signIn(email, { ...look, language });
          const prefix = language === 'en' ? '' : `${language}-`;
          const found: string[] = [];
          for (const screen of screens) {
            const amiss = await lookedAt(visitor, screen, language);
            found.push(...amiss.map((one) => `${screen.name}: ${one}`));
            await visitor.picture(`${prefix}${screen.name}-${called.replace(' ', '-')}`);
          }
          expect(found).toEqual([]);
          expect(visitor.errors).toEqual([]);
          await visitor.leave();
        }, 180_000);
  });
}

/** What is amiss on a screen. */
async function lookedAt(visitor: Visitor, { path, reach }: Screen, language: Language): Promise<string[]> {
  const { page } = visitor;
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await reach?.(visitor);
  await page.waitForLoadState('networkidle');
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return [
    ...(await violations(page)),
    ...(overflow > 0 ? [`${overflow} pixels wider than the screen`] : []),
    ...(language === 'en' ? [] : (await englishOn(page)).map((text) => `in English: ${text}`)),
  ];
}
