import type { Page } from 'playwright-core';
import { type Master, personalise } from '#rendering';
import { PAGE_POLICY } from '../../apps/api/src/http/preview-policy.js';
import { OfflineBrowser, type ShownPage, pictureFile, reframe } from '../support/offline-browser.js';
import {
  type CompiledSample,
  compiledSamples,
  type SamplePartner,
  samplePartners,
  bakeFor,
  ORIGIN,
  readerOf,
} from '../support/compiled-samples.js';
import { layoutProblems } from '../support/layout-checks.js';
import { vendorCopy } from '../support/vendor-copy.js';

const POLICY = { publicOrigin: ORIGIN, partnerHosts: [] };
const LIMIT_MS = 240_000;
const WIDTHS = [375, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;
const LOOKS = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme] as const));

let browser: OfflineBrowser;
let shown: CompiledSample[];
let people: SamplePartner[];
beforeAll(async () => {
  [browser, shown, people] = await Promise.all([OfflineBrowser.open(), compiledSamples(), samplePartners()]);
}, LIMIT_MS);
afterAll(() => browser.close());

interface Print extends Pick<ShownPage, 'html' | 'pictures'> {
  readonly name: string;
  readonly locked: readonly string[];
}

/**
 * One master as a partner's recipient gets it, and the vendor's sentences that
 * must be readable.
 */
async function print(
  sample: CompiledSample,
  kind: 'emails' | 'pages',
  key: string,
  master: Master,
  at: number,
): Promise<Print> {
  const { baked, pictures } = await bakeFor(master, sample, people[at % people.length]!);
  const made = personalise(baked, readerOf(master, master.locale), POLICY);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const text = (path: string): string => (sample.files.get(path) ?? Buffer.alloc(0)).toString();
  const source = text(sample.compiled.definition[kind][key]?.source ?? '');
  const trait = { industry: 'finance', country: 'DE' };
  const { has: locked } = vendorCopy(source, text(`locales/${master.locale}.yaml`), trait);
  return { name: `${sample.name}/${key}.${master.locale}`, html: made.message.html, pictures, locked };
}

async function prints(kind: 'emails' | 'pages'): Promise<Print[]> {
  const all: Print[] = [];
  for (const sample of shown)
    for (const { key, masters } of sample.compiled[kind])
      for (const master of Object.values(masters)) all.push(await print(sample, kind, key, master, all.length));
  return all;
}

/** Problems at each width and colour scheme, by name. */
const seen = (shot: Print, headers: Record<string, string>): Promise<Record<string, string[]>> =>
  browser.expose({ ...shot, width: WIDTHS[0], headers }, async (page) => {
    const found: Record<string, string[]> = {};
    for (const [width, scheme] of LOOKS) {
      await reframe(page, width, scheme);
      const look = `${shot.name}.${width}.${scheme}`;
      found[look] = await layoutProblems(page, shot.locked, pictureFile(`${look}.png`));
    }
    return found;
  });

const nothingAmiss = ({ name }: Print): Record<string, string[]> =>
  Object.fromEntries(LOOKS.map(([width, scheme]) => [`${name}.${width}.${scheme}`, []]));

describe('at 375 and 1280 pixels, light and dark, everything is drawn, readable, in shape and large enough to press', () => {
  it.each([
    ['in every e-mail in every locale', 'emails', {}],
    ['on every landing page in every locale, under its policy', 'pages', { 'content-security-policy': PAGE_POLICY }],
  ] as const)(
    '%s',
    async (_, kind, headers) => {
      const all = await prints(kind);
      expect(all).not.toHaveLength(0);
      for (const shot of all) expect(await seen(shot, headers)).toEqual(nothingAmiss(shot));
    },
    LIMIT_MS,
  );
});

describe('the judge of these pictures', () => {
  const spoilt = async (spoil: (page: Page) => Promise<unknown>, width = 375): Promise<string[]> => {
    const sample = shown[0]!;
    const { key, masters } = sample.compiled.emails[0]!;
    const shot = await print(sample, 'emails', key, Object.values(masters)[0]!, 0);
    return browser.expose({ ...shot, width }, async (page) => {
      await spoil(page);
      return layoutProblems(page, shot.locked);
    });
  };
  const style = (content: string) => (page: Page) => page.addStyleTag({ content });

  it('has nothing to say of what is whole', async () => {
    expect(await spoilt(async () => undefined)).toEqual([]);
  });

  it.each<[string, RegExp, (page: Page) => Promise<unknown>]>([
    ['locked copy that is hidden', /^not drawn: Figures/, style('.fine { display: none !important }')],
    ['locked copy that is transparent', /^not drawn: Figures/, style('.fine { opacity: 0.05 }')],
    ['locked copy in the colour of its ground', /^faint: Figures/, style('.fine div { color: #eef1f6 !important }')],
    ['locked copy too small to read', /^smaller than/, style('.fine div { font-size: 4px !important }')],
    [
      'locked copy behind something',
      /^covered: Figures/,
      style('body::after { content: ""; position: fixed; inset: 0; background: #ffffff }'),
    ],
    ['a line that is cut off', /^clipped/, style('.fine { height: 12px; overflow: hidden; display: block }')],
    ['a message wider than the screen', /^wider than the screen/, style('body { width: 900px !important }')],
    ['a logo out of shape', /^picture out of shape: Brightwater/, style('img { height: 20px !important }')],
    ['a button too small for a thumb', /^too small to press/, style('a { padding: 0 !important }')],
    [
      'a locked sentence of other words',
      /^not readable: Figures/,
      (page) =>
        page.evaluate("document.body.innerHTML = document.body.innerHTML.replace('Figures were', 'Figures were not')"),
    ],
  ])('sees %s', async (_, problem, spoil) => {
    expect(await spoilt(spoil)).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });
});
