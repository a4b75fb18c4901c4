import { violations } from '../support/axe.js';
import { englishOn } from './english.js';
import { LOOKS } from './every-screen.js';
import { invited } from './first-launch.js';
import type { Portal } from './portal.js';
import { sharedPortal } from './shared-portal.js';
import { scriptsOf } from './scripts.js';

/** Each width and each colour scheme once. LONG=1: every pair of them. */
const SHOWN = process.env['LONG'] === '1' ? Object.values(LOOKS) : [LOOKS.wideLight, LOOKS.narrowDark];
/** German texts are longer: a run of all suites looks at both. */
const LANGUAGES = process.env['THROUGHLINE_TEST_ALL'] === '1' ? (['en', 'de'] as const) : (['en'] as const);

describe('the way in', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  it.each([
    ['en', 5],
    ['de', 8],
  ] as const)(
    'loads no more script for a partner’s home than 250 KB, headers and all, in a few files: %s',
    async (language, mostFiles) => {
      const visitor = await portal.signIn('olivia@brightwater.example', { language });
      const { files, bytes } = await scriptsOf(visitor.page, '/');
      expect(bytes).toBeGreaterThan(50_000);
      expect(bytes).toBeLessThan(250_000);
      expect(files).toBeLessThanOrEqual(mostFiles);
      await visitor.leave();
    },
  );

  it.each([
    ['olivia@brightwater.example', '/contacts'],
    ['olivia@brightwater.example', '/activations'],
    ['maya@northwind.example', '/'],
    ['maya@northwind.example', '/partners'],
  ])('loads neither editor nor canvas nor chart for %s at %s', async (email, path) => {
    const visitor = await portal.signIn(email);
    const { files, bytes } = await scriptsOf(visitor.page, path);
    expect(bytes).toBeGreaterThan(50_000);
    // 386 to 402 KB. The editor, the canvas and the chart have more than 100 KB each: with any, each screen is above it.
    expect(bytes).toBeLessThan(420_000);
    expect(files).toBeLessThanOrEqual(20);
    await visitor.leave();
  });

  it.each(LANGUAGES)('is usable by everybody: %s', async (language) => {
    const email = `ines@quayside-${language}.example`;
    const invitation = await invited(portal, { name: `Quayside ${language}`, email });
    const found: string[] = [];
    for (const { called, ...look } of SHOWN) {
      for (const [name, path] of [
        ['sign-in', '/'],
        ['password-asked', '/password'],
        ['password-new', '/password/forgotten'],
        ['invitation-unknown', '/invitation/forgotten'],
        ['invitation', invitation],
      ] as const) {
        const visitor = await portal.visit(path, { ...look, language });
        await visitor.page.getByRole('heading', { level: 1 }).first().waitFor();
        await visitor.allThere();
        if (name === 'invitation') await visitor.field(visitor.say('invitation.name')).waitFor();
        found.push(
          ...(await violations(visitor.page)).map((violation) => `${name} ${called}: ${violation}`),
          ...(language === 'en' ? [] : (await englishOn(visitor.page)).map((text) => `${name} in English: ${text}`)),
        );
        await visitor.picture(`${language === 'en' ? '' : `${language}-`}${name}-${called.replace(' ', '-')}`);
        await visitor.leave();
      }
    }
    expect(found).toEqual([]);
  });
});
