import fc from 'fast-check';
import { composeSocial, prepareSocial, socialProof, stampDocument } from '#artwork';
import { SOCIAL_FORMATS } from '#content';
import type { SealedPicture } from '#contracts';
import { lockedPixelsHash, verifyPage, verifyPdf, verifyPixels } from '#seal';
import {
  type CompiledSample,
  compiledSamples,
  type SamplePartner,
  samplePartners,
} from '../support/compiled-samples.js';
import { hostileRecipient, runs } from '../support/hostile.js';
import {
  linksOf,
  pageOf,
  type PartnerCopy,
  partnerCopy,
  pinsOf,
  shippedMasters,
  valuesFor,
} from '../support/sealed-templates.js';
import { SigningVendor } from '../support/signing-vendor.js';

/**
 * Valid values are never refused, in all media except mail (see
 * seal-attack.spec.ts).
 */
const LIMIT_MS = runs(120_000, 3_600_000);

const words = fc
  .array(
    fc.constantFrom(
      'Free',
      'März',
      'Ваше',
      'Ἀθήνα',
      'مجاناً',
      'בחינם',
      '1,500',
      '(30 %)',
      '“quoted”',
      'AT&T',
      '<b>',
      'fi',
      'über',
      'Łódź',
      '100 €',
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((parts) => parts.join(' '));

let shown: CompiledSample[];
let people: SamplePartner[];
const counted: Record<string, number> = {};
const count = (name: string): void => void (counted[name] = (counted[name] ?? 0) + 1);
beforeAll(async () => {
  [shown, people] = await Promise.all([compiledSamples(), samplePartners()]);
}, LIMIT_MS);
afterAll(() => void process.stdout.write(`honest: ${JSON.stringify(counted)}\n`));

describe('honest copies', () => {
  it(
    'of landing pages pass for every reader',
    async () => {
      const copies = (await shippedMasters())
        .filter(({ master }) => master.kind === 'page')
        .map((one) => partnerCopy(one, valuesFor(one)) as PartnerCopy);
      const property = fc.property(fc.nat(), hostileRecipient, (number, details) => {
        const copy = copies[number % copies.length]!;
        const recipient = { ...details, links: linksOf(copy, String(number)) };
        const html = pageOf(copy, recipient);
        if (html === null) return;
        count('pages');
        expect([copy.name, verifyPage(copy.copy, html, pinsOf(recipient)).finding]).toEqual([copy.name, null]);
      });
      fc.assert(property, { numRuns: runs(200, 12_000) });
    },
    LIMIT_MS,
  );

  it(
    'of pictures pass, in any partner’s brand and words, at the size of a stamp',
    async () => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#f1f5f9"/><text x="10" y="190" font-size="12">Measured in our laboratory</text>
<rect id="tc:logo" x="10" y="10" width="100" height="40"/><rect id="tc:text:headline" x="10" y="60" width="280" height="110" data-max="90" data-size="24"/></svg>`;
      const prepared = await prepareSocial({
        file: 'a.svg',
        svg,
        width: 300,
        height: 200,
        texts: {},
        catalogueFile: 'en.yaml',
        images: {},
      });
      if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
      const sealed = await sealOf(prepared.prepared);
      const property = fc.asyncProperty(fc.nat(), words, async (number, headline) => {
        const composed = await composeSocial(prepared.prepared, {
          logos: people[number % people.length]!.read.variants,
          texts: { headline },
        });
        if (!composed.ok) return;
        count('small pictures');
        expect([headline, verifyPixels(sealed, composed.pixels)]).toEqual([headline, null]);
      });
      await fc.assert(property, { numRuns: runs(80, 10_000) });
    },
    LIMIT_MS,
  );

  it(
    'of the shipped pictures pass, in every locale and size, for every partner',
    async () => {
      for (const sample of shown)
        for (const { prepared } of sample.compiled.social)
          for (const formats of Object.values(prepared))
            for (const format of SOCIAL_FORMATS) {
              const blob = sample.blobs.get(formats[format])!;
              const sealed = await sealOf(blob);
              for (const partner of people.slice(0, runs(1, people.length))) {
                const texts = Object.fromEntries(
                  sample.compiled.slots.map(({ name }) => [name, `${partner.name}: 62 – 4`]),
                );
                const composed = await composeSocial(blob, { logos: partner.read.variants, texts });
                if (!composed.ok) throw new Error(JSON.stringify(composed.problems));
                count('shipped pictures');
                expect([partner.key, verifyPixels(sealed, composed.pixels)]).toEqual([partner.key, null]);
              }
            }
    },
    LIMIT_MS,
  );

  it(
    'of the shipped documents pass, in every locale, for every partner',
    async () => {
      for (const sample of shown) {
        const { documents } = (await SigningVendor.publish(sample)).payload;
        for (const { key, prepared } of sample.compiled.documents)
          for (const [locale, hash] of Object.entries(prepared)) {
            const sealed = documents.find((one) => one.key === key && one.locale === locale)!;
            for (const partner of people.slice(0, runs(2, people.length))) {
              const stamped = await stampDocument(sample.blobs.get(hash)!, {
                logos: partner.read.variants,
                contact: [
                  partner.legalName ?? partner.name,
                  partner.person,
                  partner.email,
                  ...(partner.address ?? '').split('\n'),
                ],
                texts: Object.fromEntries(
                  sample.compiled.slots.map(({ name }) => [name, `${partner.name}: 1,500 – 30 %`]),
                ),
                links: { page: `https://go.northwind.example/p/${partner.key}` },
              });
              if (!stamped.ok) throw new Error(JSON.stringify(stamped.problems));
              count('shipped documents');
              expect([partner.key, verifyPdf(sealed, stamped.pdf)]).toEqual([partner.key, null]);
            }
          }
      }
    },
    LIMIT_MS,
  );
});

/** A picture's seal, as publishing creates it. */
async function sealOf(blob: Buffer): Promise<SealedPicture> {
  const { pixels, boxes } = await socialProof(blob);
  const { width, height } = pixels;
  const lockedHash = lockedPixelsHash(pixels, boxes);
  return {
    key: 'post',
    locale: 'en',
    format: 'square',
    width,
    height,
    boxes: [...boxes],
    lockedHash,
  };
}
