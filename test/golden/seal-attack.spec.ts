import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { parse, serialize } from 'parse5';
import PostalMime from 'postal-mime';
import { slotFromText } from '#rendering';
import { verifyDom, verifyEmail, verifyPage, verifyParts } from '#seal';
import { hostileRecipient, hostileText, mutation, runs } from '../support/hostile.js';
import {
  linksOf,
  mailOf,
  pageOf,
  type PartnerCopy,
  partnerCopy,
  pinsOf,
  type ShippedMaster,
  shippedMasters,
  valuesFor,
} from '../support/sealed-templates.js';
import { tryReadMail } from '../../libs/seal/src/verify-email.js';

/** The long run takes minutes. */
const LIMIT_MS = runs(60_000, 1_800_000);

const ANN = {
  firstName: 'Ann',
  lastName: 'Reader',
  company: 'Example & Co',
  email: 'ann@customer.example',
  industry: 'finance',
  persona: null,
  stage: null,
  segment: null,
  country: 'DE',
} as const;

const hostilePartner = fc.record({
  name: hostileText,
  legalName: hostileText,
  address: hostileText,
  website: fc.oneof(
    hostileText,
    fc.webUrl({ validSchemes: ['https'], withQueryParameters: true, withFragments: true }).map((url) => {
      const { pathname, search, hash } = new URL(url);
      return `https://www.brightwater.example${pathname}${search}${hash}`;
    }),
  ),
});
const hostileBlocks = fc.array(
  fc.array(fc.record({ text: hostileText, bold: fc.boolean(), italic: fc.boolean() }), { maxLength: 3 }),
  { maxLength: 3 },
);

/**
 * Copies have numbers, so that a failure prints a name instead of a megabyte.
 */
describe('sealed copies of the shipped campaigns', () => {
  let shipped: ShippedMaster[];
  let emails: PartnerCopy[];
  let pages: PartnerCopy[];
  const counted: Record<string, number> = {};
  const count = (name: string): void => void (counted[name] = (counted[name] ?? 0) + 1);
  const pick = <T>(from: readonly T[], number: number): T => from[number % from.length]!;
  const toAnn = (of: ShippedMaster) => ({ ...ANN, links: linksOf(of, 'ann') });

  beforeAll(async () => {
    shipped = await shippedMasters();
    const copies = shipped.map((one) => partnerCopy(one, valuesFor(one))!);
    emails = copies.filter(({ master }) => master.kind === 'email');
    pages = copies.filter(({ master }) => master.kind === 'page');
  });
  afterAll(() => void process.stdout.write(`seal: ${JSON.stringify(counted)}\n`));

  describe('made honestly', () => {
    it(
      'pass, whatever a list holds about a recipient, in every locale and variant',
      () => {
        const property = fc.property(fc.nat(), hostileRecipient, (number, details) => {
          const copy = pick(emails, number);
          const recipient = { ...details, links: linksOf(copy, String(number)) };
          const raw = mailOf(copy, recipient);
          if (raw === null) return;
          count('honest mails');
          expect([copy.name, verifyEmail(copy.copy, raw, pinsOf(recipient)).finding]).toEqual([copy.name, null]);
        });
        fc.assert(property, { numRuns: runs(700, 16_000) });
      },
      LIMIT_MS,
    );

    it(
      'pass, whatever a partner wrote, as far as the renderer takes it',
      () => {
        const property = fc.property(fc.nat(), hostilePartner, hostileBlocks, (number, partner, blocks) => {
          const one = pick(shipped, number);
          const slots = Object.fromEntries(
            one.master.slots.map(({ name, format, options = [], default: unchanged }) => [
              name,
              format === 'link'
                ? unchanged
                : format === 'choice'
                  ? slotFromText(pick(options, number).name)
                  : { kind: format === 'list' ? ('list' as const) : ('paragraphs' as const), blocks },
            ]),
          );
          const attempts = [
            { ...valuesFor(one, partner), slots },
            valuesFor(one, partner),
            { ...valuesFor(one), slots },
          ];
          const copy = attempts.map((values) => partnerCopy(one, values)).find((made) => made !== null);
          if (copy === undefined) return;
          count('copies of hostile partners');
          const recipient = toAnn(one);
          const { finding } =
            one.master.kind === 'page'
              ? verifyPage(copy.copy, pageOf(copy, recipient)!, pinsOf(recipient))
              : verifyEmail(copy.copy, mailOf(copy, recipient)!, pinsOf(recipient));
          expect([copy.name, finding]).toEqual([copy.name, null]);
        });
        fc.assert(property, { numRuns: runs(200, 6_000) });
      },
      LIMIT_MS,
    );

    it(
      'are refused when the link that no person sees is shown, renamed or led elsewhere',
      () => {
        for (const copy of emails) {
          const raw = mailOf(copy, toAnn(copy))!.toString('latin1');
          for (const [from, to] of [
            [/mso-h(?:=\r\n)?i(?:=\r\n)?d(?:=\r\n)?e:/, 'mso-hode:'],
            [/n(?:=\r\n)?o(?:=\r\n)?f(?:=\r\n)?ollow/, 'follow'],
            [/\/l\/(?:=\r\n)?decoy/, '/l/other'],
          ] as const) {
            expect(raw).toMatch(from);
            const changed = Buffer.from(raw.replace(from, to), 'latin1');
            expect(verifyEmail(copy.copy, changed, pinsOf(toAnn(copy))).finding).not.toBeNull();
          }
        }
      },
      LIMIT_MS,
    );

    it(
      'are read by the strict reader as a mail program reads them',
      async () => {
        const property = fc.asyncProperty(fc.nat(), hostileRecipient, async (number, details) => {
          const copy = pick(emails, number);
          const raw = mailOf(copy, { ...details, links: linksOf(copy, 'x') });
          if (raw === null) return;
          expect(seenBy(raw)).toEqual(await shownBy(raw));
        });
        await fc.assert(property, { numRuns: runs(60, 2_000) });
      },
      LIMIT_MS,
    );

    it(
      'pass by their tree, too',
      () => {
        const property = fc.property(fc.nat(), hostileRecipient, (number, details) => {
          const copy = pick([...emails, ...pages], number);
          const html = pageOf(copy, { ...details, links: linksOf(copy, 'x') });
          if (html === null) return;
          count('honest trees');
          const { finding, choices } = verifyPage(copy.htmlCopy, html);
          expect([copy.name, finding, verifyDom(copy.copy, html, choices)]).toEqual([copy.name, null, null]);
        });
        fc.assert(property, { numRuns: runs(100, 10_000) });
      },
      LIMIT_MS,
    );
  });

  describe('changed in any place', () => {
    it(
      'do not pass: HTML, text or subject of a mail',
      () => {
        const property = fc.property(
          fc.nat(),
          fc.constantFrom('html' as const, 'html' as const, 'text' as const, 'subject' as const),
          mutation,
          (number, part, change) => {
            const copy = pick(emails, number);
            const parts = tryReadMail(mailOf(copy, toAnn(copy))!);
            if ('code' in parts) throw new Error(parts.message);
            const changed = change(parts[part]);
            if (changed === parts[part]) return;
            count(`changed ${part} parts`);
            const { finding } = verifyParts(copy.copy, { ...parts, [part]: changed }, pinsOf(toAnn(copy)));
            expect([copy.name, finding === null]).toEqual([copy.name, false]);
          },
        );
        fc.assert(property, { numRuns: runs(800, 16_000) });
      },
      LIMIT_MS,
    );

    it(
      'do not pass: a landing page',
      () => {
        const property = fc.property(fc.nat(), mutation, (number, change) => {
          const copy = pick(pages, number);
          const html = pageOf(copy, toAnn(copy))!;
          const changed = change(html);
          if (changed === html) return;
          count('changed pages');
          const { finding } = verifyPage(copy.copy, changed, pinsOf(toAnn(copy)));
          expect([copy.name, finding === null]).toEqual([copy.name, false]);
        });
        fc.assert(property, { numRuns: runs(800, 12_000) });
      },
      LIMIT_MS,
    );

    it(
      'do not pass as bytes on the wire, unless every program shows the same as before',
      async () => {
        const property = fc.asyncProperty(fc.nat(), mutation, async (number, change) => {
          const copy = pick(emails, number);
          const raw = mailOf(copy, toAnn(copy))!;
          const changed = Buffer.from(change(raw.toString('latin1')), 'latin1');
          if (changed.equals(raw)) return;
          count('changed mails on the wire');
          if (verifyEmail(copy.copy, changed, pinsOf(toAnn(copy))).finding !== null) return;
          count('of which show the same');
          expect([copy.name, await shownBy(changed)]).toEqual([copy.name, await shownBy(raw)]);
        });
        await fc.assert(property, { numRuns: runs(800, 16_000) });
      },
      LIMIT_MS,
    );

    it(
      'do not pass where programs read their structure differently',
      async () => {
        const property = fc.asyncProperty(fc.nat(), structureMutation, async (number, change) => {
          const copy = pick(emails, number);
          const raw = mailOf(copy, toAnn(copy))!;
          const changed = Buffer.from(change(raw.toString('latin1')), 'latin1');
          if (changed.equals(raw)) return;
          count('mails of another structure');
          if (verifyEmail(copy.copy, changed, pinsOf(toAnn(copy))).finding !== null) return;
          count('of which all programs read the same');
          const seen = seenBy(changed);
          for (const reader of [shownBy, shownByPostalMime, shownWithEachLineEnd])
            expect([copy.name, reader.name, await reader(changed)]).toEqual([copy.name, reader.name, seen]);
        });
        await fc.assert(property, { numRuns: runs(400, 16_000), seed: 20_261_126 });
      },
      LIMIT_MS,
    );

    it(
      'do not pass by their tree, unless the tree is the same',
      () => {
        const property = fc.property(fc.nat(), mutation, (number, change) => {
          const copy = pick([...emails, ...pages], number);
          const html = pageOf(copy, toAnn(copy))!;
          const changed = change(html);
          const { choices } = verifyPage(copy.htmlCopy, html);
          if (changed === html) return;
          count('changed trees');
          if (verifyDom(copy.copy, changed, choices, pinsOf(toAnn(copy))) !== null) return;
          count('of which are the same tree');
          expect([copy.name, verifyPage(copy.htmlCopy, changed).finding === null || sameTree(html, changed)]).toEqual([
            copy.name,
            true,
          ]);
        });
        fc.assert(property, { numRuns: runs(150, 20_000) });
      },
      LIMIT_MS,
    );
  });
});

const LINE_ENDS = /\r\n/g;

/** The result of our reader. */
function seenBy(raw: Buffer): object {
  const mail = tryReadMail(raw);
  return 'code' in mail ? mail : { subject: mail.subject, html: mail.html, text: mail.text.trimEnd() };
}

/** What a mail client displays, according to an independent library. */
async function shownBy(raw: Buffer): Promise<object> {
  const { subject, html, text, attachments } = await simpleParser(raw, { skipTextToHtml: true });
  const body = { subject, html: html === false ? '' : html.replace(LINE_ENDS, '\n'), text: text?.trimEnd() };
  return attachments.length === 0 ? body : { ...body, attachments: attachments.length };
}

/** The same, according to a second library. */
async function shownByPostalMime(raw: Buffer): Promise<object> {
  const { subject, html = '', text = '', attachments } = await PostalMime.parse(raw);
  const body = {
    subject,
    html: html.replace(LINE_ENDS, '\n').trimEnd(),
    text: text.replace(LINE_ENDS, '\n').trimEnd(),
  };
  return attachments.length === 0 ? body : { ...body, attachments: attachments.length };
}

/** Programs that take every line separator for a line end, as Python does. */
const shownWithEachLineEnd = (raw: Buffer): Promise<object> =>
  shownBy(Buffer.from(raw.toString('latin1').replace(SEPARATORS, '\r\n'), 'latin1'));
// oxlint-disable-next-line no-control-regex -- separators of files, groups and records
const SEPARATORS = /\r(?!\n)|[\v\f\x1c-\x1e]/g;

/** What programs are known to read differently, in headers and between parts. */
const SNIPPETS = [
  '\r',
  '\n',
  '\r\n',
  '\r\r',
  '\0',
  '\v',
  '\f',
  '\x1c',
  '\x85',
  '\xc2\x85',
  ' ',
  '\t',
  ' \r\n',
  '\r\n ',
  '\r\n \r\n',
  ';',
  ',',
  '"',
  '\\',
  '=',
  '(',
  ')',
  '(x)',
  '--',
  '=?utf-8?Q?x?=',
  '=?',
  '?=',
  '; boundary=zz',
  '; boundary="zz"',
  ' boundary=zz;',
  '; x="; boundary=zz"',
  '; boundary*0=zz',
  "; boundary*=utf-8''zz",
  '; charset=us-ascii',
  '; charset=iso-8859-1',
  '; format=flowed',
  '; name="a.html"',
  '--zz\r\n',
  '\r\n--zz--\r\n',
  'Content-Type: text/html\r\n',
  'Content-Transfer-Encoding: base64\r\n',
  'Content-Disposition: attachment\r\n',
  'MIME-Version: 1.0 (x)\r\n',
  'Subject: Other\r\n',
  'X-A: 1\rSubject: Other\r\r',
  'From x\r\n',
  'X : y\r\n',
];

/** Inserts, removes or repeats something in the headers of a mail or of its parts. */
const structureMutation = fc
  .tuple(
    fc.constantFrom('first' as const, 'second' as const, 'third' as const, 'type' as const),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), fc.constantFrom(...SNIPPETS)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([place, changes]) => (mail: string): string => {
    const delimiters = [...mail.matchAll(/^--=_tl_[0-9a-f]+/gm)].map(({ index }) => index);
    const begin = {
      first: 0,
      second: delimiters[0] ?? 0,
      third: delimiters[1] ?? 0,
      type: mail.search(/^Content-Type/im),
    };
    const from = begin[place];
    const end = mail.indexOf('\r\n\r\n', from) + 4;
    let block = mail.slice(from, end);
    for (const [part, removed, snippet] of changes) {
      // At the signs that structure a header more often than elsewhere.
      const places = [...block.matchAll(/[;:="\r\n]|$/g)].map(({ index }) => index);
      const at = places[Math.floor(part * (places.length - 1))] ?? 0;
      block = block.slice(0, at) + snippet + block.slice(at + removed);
    }
    return mail.slice(0, from) + block + mail.slice(end);
  });

/**
 * Whether browsers build the same document of both, and Outlook reads the same
 * tags, ignoring spaces and case.
 */
function sameTree(one: string, other: string): boolean {
  const tree = (html: string): string =>
    serialize(parse(html)).replace(/<[^<>]*>/g, (tag) =>
      tag
        .toLowerCase()
        .replace(/[\s/]+/g, ' ')
        .replace(/ ?(=|>) ?/g, '$1'),
    );
  return tree(one) === tree(other);
}
