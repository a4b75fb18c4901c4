import fc from 'fast-check';
import type { Locale } from '#kernel';
import { type Evidence } from '#seal';
import { SigningVendor } from '../support/signing-vendor.js';
import {
  type CompiledSample,
  type SamplePartner,
  samplePartners,
  shippedSamples,
} from '../support/compiled-samples.js';
import { mutation, runs } from '../support/hostile.js';
import { sealedFiles } from '../support/sealed-files.js';
import { openEvidence, type OpenEvidence, verifyBy } from '../../libs/seal/src/verify-file.js';
import { tryReadMail } from '../../libs/seal/src/verify-email.js';

/**
 * Random changes of files of every medium, checked by the command line's
 * verifier with all evidence: manifest, activation seal, receipt.
 */
const LIMIT_MS = runs(120_000, 1_800_000);
// Some changes have no effect, so there are more runs than counted changes.
const RUNS = runs(200, 10_500);

interface Held {
  readonly bytes: Buffer;
  /** Manifest and key only. */
  readonly locked: Evidence;
  /** All evidence. */
  readonly whole: Evidence;
}

const held: Record<string, Held> = {};
const counted: Record<string, number> = {};
const count = (name: string): void => void (counted[name] = (counted[name] ?? 0) + 1);

beforeAll(async () => {
  const [[sample], [partner]] = await Promise.all([shippedSamples(['zero-trust-edge']), samplePartners()]);
  if (sample === undefined || partner === undefined) throw new Error('A shipped sample or partner is missing.');
  const signingVendor = await SigningVendor.publish(sample);
  Object.assign(held, await filesOf(sample, partner, signingVendor));
}, LIMIT_MS);
afterAll(() => void process.stdout.write(`files: ${JSON.stringify(counted)}\n`));

async function filesOf(
  sample: CompiledSample,
  partner: SamplePartner,
  signingVendor: SigningVendor,
): Promise<Record<string, Held>> {
  const { files, seal, receipts } = await sealedFiles(sample, partner, signingVendor, 'de' as Locale);
  const locked = signingVendor.evidence();
  const whole = (receipt: object): Evidence => signingVendor.evidence({ seal, receipt });
  return {
    mail: { bytes: files.mail, locked, whole: whole(receipts.mail) },
    page: { bytes: files.page, locked, whole: signingVendor.evidence({ seal }) },
    document: { bytes: files.document, locked, whole: whole(receipts.document) },
    'picture (JPEG)': { bytes: files.jpeg, locked, whole: whole(receipts.jpeg) },
    'picture (PNG)': { bytes: files.png, locked, whole: whole(receipts.png) },
  };
}

const opened = new Map<Evidence, OpenEvidence>();
/** @returns whether it passes. An undecidable file does not pass. */
function passes(bytes: Buffer, evidence: Evidence): boolean {
  const open = opened.get(evidence) ?? openEvidence(evidence);
  opened.set(evidence, open);
  try {
    return verifyBy(open, bytes).finding === null;
  } catch (error) {
    if ((error as { code?: string }).code === 'seal.receipt-missing') return false;
    throw error;
  }
}

const change = (bytes: Buffer, mutate: (text: string) => string): Buffer =>
  Buffer.from(mutate(bytes.toString('latin1')), 'latin1');

describe.each(['mail', 'page', 'document', 'picture (JPEG)', 'picture (PNG)'])('a sealed %s', (medium) => {
  it('passes as it left', () => {
    const { bytes, locked, whole } = held[medium]!;
    expect(passes(bytes, whole)).toBe(true);
    // Encoding changes every pixel of a JPEG. Only its receipt can verify it.
    expect(passes(bytes, locked)).toBe(medium !== 'picture (JPEG)');
  });
});

describe.each(['document', 'picture (JPEG)', 'picture (PNG)'])('a sealed %s with its receipt', (medium) => {
  it(
    'does not pass with any byte changed',
    () => {
      const { bytes, whole } = held[medium]!;
      const property = fc.property(mutation, (mutate) => {
        const changed = change(bytes, mutate);
        if (changed.equals(bytes)) return;
        count(medium);
        expect(passes(changed, whole)).toBe(false);
      });
      fc.assert(property, { numRuns: RUNS });
    },
    LIMIT_MS,
  );
});

/**
 * A page without what it may say to one reader: the ends of its lines, and the
 * values in a form that is filled in for a person who is known.
 */
const asSealed = (page: Buffer): string =>
  page
    .toString('latin1')
    .replaceAll('\r\n', '\n')
    .replaceAll(/(<input type="(?:text|email|tel)"[^<>]*? value=")[^"<>]*(?=">)/g, '$1')
    .replaceAll(/(<textarea\b[^<>]*>)[^<>]*(?=<\/textarea>)/g, '$1');

describe('a sealed page with its activation’s seal', () => {
  it(
    'does not pass with any byte changed, but for the ends of its lines and what a known reader finds in its form',
    () => {
      const { bytes, whole } = held['page']!;
      const property = fc.property(mutation, (mutate) => {
        const changed = change(bytes, mutate);
        if (asSealed(changed) === asSealed(bytes)) return;
        count('page');
        expect(passes(changed, whole)).toBe(false);
      });
      fc.assert(property, { numRuns: RUNS });
    },
    LIMIT_MS,
  );
});

describe('a sealed mail with its receipt', () => {
  it(
    'passes only while its HTML, its text and its subject are those that left, to the last byte',
    () => {
      const { bytes, whole } = held['mail']!;
      const before = tryReadMail(bytes);
      const property = fc.property(mutation, (mutate) => {
        const changed = change(bytes, mutate);
        if (changed.equals(bytes)) return;
        count('mail');
        if (!passes(changed, whole)) return;
        count('mail, of which in what relays may write: other headers, encoding');
        // Relays may change headers and encoding, but never the displayed text.
        const after = tryReadMail(changed);
        expect(after).toEqual({ ...before, messageId: 'messageId' in after ? after.messageId : null });
      });
      fc.assert(property, { numRuns: RUNS });
    },
    LIMIT_MS,
  );
});
