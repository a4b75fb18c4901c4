import { type Master, personalise } from '#rendering';
import { PAGE_POLICY } from '../../apps/api/src/http/preview-policy.js';
import { violations } from '../support/axe.js';
import { OfflineBrowser, type ShownPage, reframe } from '../support/offline-browser.js';
import {
  type CompiledSample,
  compiledSamples,
  type SamplePartner,
  samplePartners,
  bakeFor,
  ORIGIN,
  readerOf,
} from '../support/compiled-samples.js';

const LIMIT_MS = 240_000;
const WIDTHS = [375, 1280] as const;

interface Shown extends Pick<ShownPage, 'html' | 'pictures'> {
  readonly name: string;
}

let browser: OfflineBrowser;
let shown: Shown[];
beforeAll(async () => {
  const [room, all, people] = await Promise.all([OfflineBrowser.open(), compiledSamples(), samplePartners()]);
  browser = room;
  shown = [];
  for (const sample of all)
    for (const { masters } of sample.compiled.pages)
      for (const master of Object.values(masters))
        shown.push(await served(sample, master, people[shown.length % people.length]!));
}, LIMIT_MS);
afterAll(() => browser.close());

/** A page as the server serves it. */
async function served(sample: CompiledSample, master: Master, partner: SamplePartner): Promise<Shown> {
  const { baked, pictures } = await bakeFor(master, sample, partner);
  const made = personalise(baked, readerOf(master, master.locale), { publicOrigin: ORIGIN, partnerHosts: [] });
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  return { name: `${sample.name}/${master.locale}`, html: made.message.html, pictures };
}

/**
 * Opens a page once: all rules in light mode, then only the colours in dark
 * mode.
 */
const look = (page: Shown, width: number): Promise<[found: string[], complaints: string[]]> =>
  browser.expose({ ...page, width, headers: { 'content-security-policy': PAGE_POLICY } }, async (open, complaints) => {
    const light = await violations(open);
    await reframe(open, width, 'dark');
    return [[...light, ...(await violations(open, 'colours'))], [...complaints]];
  });

describe('every landing page that is shipped, in every language and from the right', () => {
  it('is there in English, German, French, Arabic and Hebrew', () => {
    const languages = new Set(shown.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)));
    expect([...languages].sort()).toEqual(['ar', 'de', 'en', 'fr', 'he']);
  });

  it.each(WIDTHS)(
    'has nothing that axe finds, and asks for nothing that its policy forbids: %d pixels, light and dark',
    async (width) => {
      for (const page of shown) expect([page.name, ...(await look(page, width))]).toEqual([page.name, [], []]);
    },
    LIMIT_MS,
  );

  it('would be found out: by axe, and by the policy', async () => {
    const [page] = shown;
    if (page === undefined) throw new Error('No page is shipped.');
    const spoilt = page.html
      .replace('<label for="tc-email">', '<label for="tc-nothing">')
      .replace('</body>', '<script>document.title = "run"</script></body>');
    const [found, complaints] = await look({ ...page, html: spoilt }, 375);
    expect(found.join('\n')).toMatch(/^label /m);
    expect(complaints.join('\n')).toMatch(/Content Security Policy/);
  });

  it('would be found out by its colours alone, where nothing else is asked', async () => {
    const [page] = shown;
    if (page === undefined) throw new Error('No page is shipped.');
    const html = page.html
      .replace('<label for="tc-email">', '<label for="tc-nothing">')
      .replace('</head>', '<style>* { color: #dddddd !important; background: #ffffff !important }</style></head>');
    const found = await browser.expose({ ...page, html, width: 375 }, (open) => violations(open, 'colours'));
    expect(found.join('\n')).toMatch(/^color-contrast /m);
    expect(found.join('\n')).not.toMatch(/^label /m);
  });

  it('needs no script and little of a slow line', () => {
    for (const { name, html, pictures } of shown) {
      expect([name, /<script|\son\w+=|javascript:/i.test(html)]).toEqual([name, false]);
      const [own, all] = [Buffer.byteLength(html), [...pictures.values()].reduce((sum, { length }) => sum + length, 0)];
      process.stdout.write(
        `${name}: ${(own / 1000).toFixed(1)} kB of HTML, ${((own + all) / 1000).toFixed(1)} kB with pictures\n`,
      );
      expect([name, own < 16_000]).toEqual([name, true]);
    }
  });
});
