import { simpleParser } from 'mailparser';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { composeSocial, type DocumentValues, socialProof, stampDocument } from '#artwork';
import { type CompiledCampaign, SOCIAL_FORMATS } from '#content';
import type { Locale } from '#kernel';
import { buildMime, encodeText, type Master, personalise, prepareMime, slotText } from '#rendering';
import { lockedPixelsHash } from '#seal';
import { readPdf } from '../../libs/artwork/src/document/document.fixture.js';
import {
  type CompiledSample,
  compiledSamples,
  type SamplePartner,
  samplePartners,
  bakeFor,
  ORIGIN,
  readerOf,
} from '../support/compiled-samples.js';
import { flat } from '../support/layout-checks.js';
import { type Trait, vendorCopy } from '../support/vendor-copy.js';

/** Compiles and draws everything. */
const LIMIT_MS = 240_000;
const POLICY = { publicOrigin: ORIGIN, partnerHosts: [] };
/**
 * Every branch of every condition in the shipped templates, and a contact
 * without traits.
 */
const TRAITS: readonly Trait[] = [
  {},
  { industry: 'Finance', country: 'DE' },
  { industry: 'energy', country: 'AT' },
  { industry: 'healthcare', country: 'GB' },
  { industry: 'retail', country: 'CH' },
  { industry: 'software', country: 'FR' },
];

let shown: CompiledSample[];
let people: SamplePartner[];
beforeAll(async () => {
  [shown, people] = await Promise.all([compiledSamples(), samplePartners()]);
}, LIMIT_MS);

/** The template's source file, and the locale's texts. */
function sourcesOf(
  { files, compiled: { definition } }: CompiledSample,
  kind: 'emails' | 'pages',
  key: string,
  locale: Locale,
) {
  const path = definition[kind][key]?.source ?? '';
  const text = (name: string): string => (files.get(name) ?? Buffer.alloc(0)).toString();
  return { source: text(path), catalogue: text(`locales/${locale}.yaml`) };
}

/** The visible text of HTML, in order. */
function words(html: string): string {
  let text = '';
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('value' in node) text += node.value;
    if ('tagName' in node && ['style', 'title', 'script'].includes(node.tagName)) return;
    if ('childNodes' in node) node.childNodes.forEach(visit);
    if ('tagName' in node && !['a', 'b', 'i', 'span'].includes(node.tagName)) text += ' ';
  };
  visit(parse(html));
  return flat(text);
}

const missing = (text: string, sentences: readonly string[]): string[] =>
  sentences.filter((sentence) => !text.includes(sentence));
const reader = (master: Master, trait: Trait) => ({
  ...readerOf(master, master.locale),
  industry: trait.industry ?? null,
  country: trait.country ?? null,
});

describe('a reader gets every sentence of the vendor’s, and no other variant’s', () => {
  it('in each e-mail: HTML and text, every locale and variant', async () => {
    let read = 0;
    for (const sample of shown)
      for (const { key, masters } of sample.compiled.emails)
        for (const master of Object.values(masters)) {
          const { source, catalogue } = sourcesOf(sample, 'emails', key, master.locale);
          const { baked } = await bakeFor(master, sample, people[read % people.length]!);
          for (const trait of TRAITS) {
            const built = buildMime(prepareMime(baked), reader(master, trait), POLICY, encodeText, {
              messageId: 'one@mail.example',
              headers: [['From', 'Brightwater <news@brightwater.example>']],
            });
            if (!built.ok) throw new Error(JSON.stringify(built.problems));
            const mail = await simpleParser(built.raw, { skipTextToHtml: true });
            const { has, lacks } = vendorCopy(source, catalogue, trait);
            const name = `${sample.name}/${key}.${master.locale} ${JSON.stringify(trait)}`;
            const html = words(mail.html === false ? '' : mail.html);
            // The text part has its own form of links and capital headings.
            // Both are ignored here.
            const text = flat((mail.text ?? '').replace(/\[[^\]]*\]/g, '')).toLowerCase();
            expect(has.length).toBeGreaterThan(5);
            expect([
              name,
              missing(html, has),
              missing(
                text,
                has.map((one) => one.toLowerCase()),
              ),
            ]).toEqual([name, [], []]);
            expect([name, lacks.filter((sentence) => html.includes(sentence))]).toEqual([name, []]);
            read += 1;
          }
        }
    expect(read).toBe((8 + 8 + 8) * TRAITS.length);
  });

  it('on each landing page', async () => {
    for (const sample of shown)
      for (const { key, masters } of sample.compiled.pages)
        for (const master of Object.values(masters)) {
          const { source, catalogue } = sourcesOf(sample, 'pages', key, master.locale);
          const { baked } = await bakeFor(master, sample, people[0]!);
          const made = personalise(baked, readerOf(master, master.locale), POLICY);
          if (!made.ok) throw new Error(JSON.stringify(made.problems));
          const { has } = vendorCopy(source, catalogue, {});
          expect([master.locale, missing(words(made.message.html), has)]).toEqual([master.locale, []]);
        }
  });

  it('in each document, beside what the partner put into it', async () => {
    for (const sample of shown)
      for (const { key, prepared } of sample.compiled.documents)
        for (const [locale, hash] of Object.entries(prepared)) {
          const { definition, slots } = sample.compiled;
          const sources = definition.documents[key]?.source ?? '';
          const file = typeof sources === 'string' ? sources : (sources[locale as Locale] ?? '');
          const vendor = await readPdf(sample.files.get(file) ?? Buffer.alloc(0));
          const values = documentValues(sample.compiled, locale as Locale, people[1]!);
          const stamped = await stampDocument(sample.blobs.get(hash) ?? Buffer.alloc(0), values);
          if (!stamped.ok) throw new Error(JSON.stringify(stamped.problems));
          const copy = await readPdf(stamped.pdf);
          vendor.text.forEach((page, at) => {
            const lines = page
              .split('\n')
              .map(flat)
              .filter((line) => line !== '');
            expect(lines.length).toBeGreaterThan(3);
            expect([file, at, missing(flat(copy.text[at] ?? ''), lines)]).toEqual([file, at, []]);
          });
          const slot = slots.find(({ name }) => name === 'brochure-offer');
          const offer = flat(values.texts['brochure-offer'] ?? '');
          expect(slot).toBeDefined();
          // Readers join Arabic and Hebrew lines differently. Their order is
          // tested elsewhere.
          if (!['ar', 'he'].includes(locale)) expect(flat(copy.text.join(' '))).toContain(offer);
          expect(copy.links).toContain(values.links['page']);
        }
  });

  it(
    'on each picture: every pixel outside of the partner’s places, in three sizes',
    async () => {
      let pictures = 0;
      for (const sample of shown)
        for (const { key, prepared } of sample.compiled.social)
          for (const [locale, formats] of Object.entries(prepared))
            for (const format of SOCIAL_FORMATS) {
              const blob = sample.blobs.get(formats[format]) ?? Buffer.alloc(0);
              const partner = people[pictures % people.length]!;
              const composed = await composeSocial(blob, {
                logos: partner.read.variants,
                texts: slotTexts(sample.compiled, locale as Locale),
              });
              if (!composed.ok) throw new Error(`${key} ${locale}: ${JSON.stringify(composed.problems)}`);
              const { pixels, boxes } = await socialProof(blob);
              expect(lockedPixelsHash(composed.pixels, boxes)).toBe(lockedPixelsHash(pixels, boxes));
              expect(composed.pixels.data.equals(pixels.data)).toBe(false);
              pictures += 1;
            }
      expect(pictures).toBe(3 * 2 * 3 * 3);
    },
    LIMIT_MS,
  );
});

/** The vendor's suggested words for every slot. */
const slotTexts = ({ slots }: CompiledCampaign, locale: Locale): Record<string, string> =>
  Object.fromEntries(
    slots.map(({ name, default: texts }) => [name, texts[locale] === undefined ? '' : slotText(texts[locale])]),
  );

function documentValues(compiled: CompiledCampaign, locale: Locale, partner: SamplePartner): DocumentValues {
  return {
    logos: partner.read.variants,
    contact: [partner.legalName ?? partner.name, partner.person, partner.email, ...(partner.address ?? '').split('\n')],
    texts: slotTexts(compiled, locale),
    links: { page: `${ORIGIN}/p/${partner.key}` },
  };
}
