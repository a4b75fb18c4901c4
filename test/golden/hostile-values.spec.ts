import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import {
  bake,
  type BakedMaster,
  buildMime,
  compileMaster,
  encodeText,
  formatAddress,
  type Master,
  type PartnerValues,
  personalise,
  prepareMime,
  type RecipientValues,
  slotFromText,
} from '#rendering';
import { ALL_HOSTILE, HOSTILE, hostileValue } from './hostile-values.js';
import { runs } from '../support/hostile.js';
import { aRecipient, partnerValues, POLICY, withSource } from '../../libs/rendering/src/email.fixture.js';

const RUNS = runs(200, 10_000);

/**
 * Every partner hole that the fixture does not have, in text, attribute and
 * link.
 */
const EXTRA = `<mj-section background-color="{{brand.secondary}}"><mj-column><mj-text color="{{brand.onSecondary}}"><span title="{{partner.contact.name}}">{{partner.contact.title}}</span> <a title="telephone" style="color:{{brand.link}}" href="tel:{{partner.contact.phoneE164}}">{{partner.contact.phone}}</a> <a href="mailto:{{partner.contact.email}}">{{partner.contact.email}}</a> <a href="{{partner.website}}">website</a> {{fallback recipient.lastName "x"}} {{fallback recipient.industry "x"}} {{fallback recipient.phone "x"}} {{fallback recipient.greeting "x"}}</mj-text></mj-column></mj-section>`;

interface TestedHole {
  /** Paths that a refusal may name. */
  readonly paths: readonly string[];
  readonly partner?: (value: string) => PartnerValues;
  readonly recipient?: (value: string) => RecipientValues;
}

const partner = partnerValues();
const ofPartner = (field: string): TestedHole => ({
  paths: [`partner.${field}`],
  partner: (value) => partnerValues({ partner: { ...partner.partner, [field]: value } }),
});
const ofContact = (field: string, path = field): TestedHole => ({
  paths: [`partner.contact.${field}`, `partner.contact.${path}`],
  partner: (value) =>
    partnerValues({ partner: { ...partner.partner, contact: { ...partner.partner.contact, [field]: value } } }),
});
const ofBrand = (field: string): TestedHole => ({
  paths: Object.keys(partner.brand).map((name) => `brand.${name}`),
  partner: (value) => partnerValues({ brand: { ...partner.brand, [field]: value } }),
});
const ofRecipient = (field: string): TestedHole => ({
  paths: [`recipient.${field}`],
  recipient: (value) => aRecipient({ [field]: value }),
});

const HOLES: Readonly<Record<string, TestedHole>> = {
  ...Object.fromEntries(Object.keys(partner.brand).map((field) => [`brand.${field}`, ofBrand(field)])),
  ...Object.fromEntries(
    ['name', 'legalName', 'address', 'website'].map((field) => [`partner.${field}`, ofPartner(field)]),
  ),
  ...Object.fromEntries(['name', 'title', 'email'].map((field) => [`partner.contact.${field}`, ofContact(field)])),
  'partner.contact.phone': ofContact('phone', 'phoneE164'),
  ...Object.fromEntries(
    ['firstName', 'lastName', 'company', 'industry', 'email', 'phone', 'greeting'].map((field) => [
      `recipient.${field}`,
      ofRecipient(field),
    ]),
  ),
  'links.demo': {
    paths: ['links.demo'],
    recipient: (value) => aRecipient({ links: { ...aRecipient().links, demo: value } }),
  },
  'logo address': {
    paths: ['partner.logo.light.w180h60'],
    partner: (value) => partnerValues({ logos: { 'light.w180h60': value } }),
  },
  'picture address': {
    paths: ['asset.images/logo.png'],
    partner: (value) => partnerValues({ assets: { ...partner.assets, 'images/logo.png': value } }),
  },
  'slot text': { paths: ['slot.offer'], partner: (value) => partnerValues({ slots: { offer: slotFromText(value) } }) },
  'slot run': {
    paths: ['slot.offer'],
    partner: (value) =>
      partnerValues({ slots: { offer: { kind: 'paragraphs', blocks: [[{ text: value, bold: true }]] } } }),
  },
  'slot link': {
    paths: ['slot.offer'],
    partner: (value) =>
      partnerValues({ slots: { offer: { kind: 'paragraphs', blocks: [[{ text: 'offer', href: value }]] } } }),
  },
};

let master: Master;
let benign: BakedMaster;
beforeAll(async () => {
  const compiled = await compileMaster(
    withSource((source) => source.replace('<tc-lock name="legal">', `${EXTRA}<tc-lock name="legal">`)),
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  master = compiled.master;
  const baked = bake(master, partner, POLICY);
  if (!baked.ok) throw new Error(JSON.stringify(baked.problems));
  benign = baked.baked;
});

/**
 * Elements and attribute names in order, without the elements of slot values. A
 * value must not change them.
 */
function skeleton(html: string): string {
  const out: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node && !['b', 'i', 'br'].includes(node.tagName))
      out.push(`${node.tagName}[${node.attrs.map(({ name }) => name).join()}]`);
    if ('data' in node) out.push('#comment');
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(html));
  return out.join(' ');
}

/** In a skeleton: no other link has these attributes. */
const PHONE_LINK = 'a[title,style,href] ';
const ADDRESS = /\s(?:href|src|background|action)="([^"]*)"/g;
const OWN =
  /^(?:https:\/\/go\.northwind\.example\/|https:\/\/(?:[a-z0-9-]+\.)*brightwater\.example(?:[/?#]|$)|mailto:[^\s<>"']+@[a-z0-9.-]+$|tel:\+\d{6,15}$)/i;
const NEVER =
  // oxlint-disable-next-line no-control-regex -- the controls are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uE000-\uF8FF\uFFFE\uFFFF]|\p{Mn}{4}/u;

/** Problems of an accepted message; empty if its values are inert. */
function harm(html: string, expected: string): string[] {
  const found: string[] = [];
  // A partner without a telephone number has no link to one.
  const own = html.includes('href="tel:') ? expected : expected.replace(PHONE_LINK, '');
  if (skeleton(html).replace(/a\[href\] /g, '') !== own.replace(/a\[href\] /g, '')) found.push('structure');
  for (const [, address = ''] of html.matchAll(ADDRESS))
    if (!OWN.test(address.replaceAll('&amp;', '&'))) found.push(`address ${address}`);
  if (NEVER.test(html.replace(/<div style="display:none[\s\S]*?<\/div>/, ''))) found.push('invisible');
  if (!html.isWellFormed()) found.push('broken');
  return found;
}

/** Tries one value in one hole. @returns the outcome and the problems. */
function attempt(hole: TestedHole, value: string): { outcome: 'accepted' | 'refused'; harm: string[] } {
  const baked =
    hole.partner === undefined ? { ok: true as const, baked: benign } : bake(master, hole.partner(value), POLICY);
  if (!baked.ok)
    return {
      outcome: 'refused',
      harm: baked.problems.filter(({ path }) => !hole.paths.includes(path)).map(({ path }) => `names ${path}`),
    };
  const recipient = hole.recipient?.(value) ?? aRecipient();
  const result = personalise(baked.baked, recipient, POLICY);
  if (!result.ok)
    return {
      outcome: 'refused',
      harm: result.problems.filter(({ path }) => !hole.paths.includes(path)).map(({ path }) => `names ${path}`),
    };
  const plain = personalise(benign, { ...aRecipient(), industry: recipient.industry }, POLICY);
  if (!plain.ok) throw new Error('The benign message is refused.');
  const { html, subject, preheader } = result.message;
  const problems = harm(html, skeleton(plain.message.html));
  if (/[\r\n]/.test(subject + preheader)) problems.push('line break in a header');
  return { outcome: 'accepted', harm: problems };
}

describe.each(Object.entries(HOLES))('a hostile value as %s', (_, hole) => {
  it.each(Object.keys(HOSTILE))('of the kind %s is inert or refused by its name', (kind) => {
    const harmful = (HOSTILE[kind] ?? [])
      .map((value) => [value.slice(0, 60), attempt(hole, value).harm] as const)
      .filter(([, found]) => found.length > 0);
    expect(harmful).toEqual([]);
  });
});

describe('the judge of these tests', () => {
  it.each([
    '<script>alert(1)</script>',
    '" onmouseover="alert(1)',
    '--><h1>x</h1><!--',
    '<a href="https://evil.example/">x</a>',
    'abc\u202Etxt',
    'a\uD800',
  ])('sees the harm of “%s” where a value is put in as it is', (value) => {
    const plain = personalise(benign, aRecipient(), POLICY);
    if (!plain.ok) throw new Error('The benign message is refused.');
    const { html } = plain.message;
    expect(harm(html, skeleton(html))).toEqual([]);
    const raw = html.replace('title="Ann O&#39;Neil"', `title="${value}"`).replace('Brightwater &amp; Sons', value);
    expect(harm(raw, skeleton(html))).not.toEqual([]);
  });

  it('sees both kinds of outcome at every hole for words', () => {
    for (const name of ['partner.name', 'recipient.email', 'slot text', 'brand.link', 'partner.website']) {
      const outcomes = new Set(ALL_HOSTILE.map(([, value]) => attempt(HOLES[name] as TestedHole, value).outcome));
      expect([name, outcomes.has('refused')]).toEqual([name, true]);
    }
    expect(attempt(HOLES['slot text'] as TestedHole, '<script>alert(1)</script>').outcome).toBe('accepted');
  });
});

describe('generated hostile values', () => {
  it(`are inert or refused by their name in mails, ${RUNS} times`, () => {
    fc.assert(
      fc.property(hostileValue, fc.constantFrom(...Object.keys(HOLES)), (value, name) => {
        expect(attempt(HOLES[name] as TestedHole, value).harm).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('never begin a header, and are read back as what they were', async () => {
    await fc.assert(
      fc.asyncProperty(hostileValue, async (value) => {
        const built = buildMime(prepareMime(benign), aRecipient({ company: value }), POLICY, encodeText, {
          messageId: 'x@mail.example',
          headers: [['From', formatAddress({ name: 'Brightwater', address: 'a@mail.example' })]],
        });
        if (!built.ok) return;
        const mail = await simpleParser(built.raw);
        expect([...mail.headers.keys()].sort()).toEqual(['content-type', 'from', 'mime-version', 'subject']);
        const plain = personalise(benign, aRecipient({ company: value }), POLICY);
        expect(mail.subject?.replace(/\s+/g, ' ').trim()).toBe(
          plain.ok ? plain.message.subject.replace(/\s+/g, ' ').trim() : '',
        );
      }),
      { numRuns: Math.min(RUNS, 1_000) },
    );
  });
});
