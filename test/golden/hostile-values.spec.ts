import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { composeSocial, documentProof, prepareSocial, stampDocument } from '#artwork';
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
import { logoValues, preparedDocument } from './artwork.fixture.js';
import { ALL_HOSTILE, HOSTILE } from './hostile-values.js';
import { aRecipient, partnerValues, POLICY, withSource } from '../../libs/rendering/src/email.fixture.js';

const RUNS = process.env['LONG'] === '1' ? 10_000 : 400;

/** Every partner hole beside those of the fixture, in text, attribute and link. */
const EXTRA = `<mj-section background-color="{{brand.secondary}}"><mj-column><mj-text color="{{brand.onSecondary}}"><span title="{{partner.contact.name}}">{{partner.contact.title}}</span> <a style="color:{{brand.link}}" href="tel:{{partner.contact.phoneE164}}">{{partner.contact.phone}}</a> <a href="mailto:{{partner.contact.email}}">{{partner.contact.email}}</a> <a href="{{partner.website}}">website</a> {{fallback recipient.lastName "x"}} {{fallback recipient.industry "x"}}</mj-text></mj-column></mj-section>`;

interface Door {
  /** Paths that a refusal may name. */
  readonly paths: readonly string[];
  readonly partner?: (value: string) => PartnerValues;
  readonly recipient?: (value: string) => RecipientValues;
}

const partner = partnerValues();
const ofPartner = (field: string): Door => ({
  paths: [`partner.${field}`],
  partner: (value) => partnerValues({ partner: { ...partner.partner, [field]: value } }),
});
const ofContact = (field: string, path = field): Door => ({
  paths: [`partner.contact.${field}`, `partner.contact.${path}`],
  partner: (value) =>
    partnerValues({ partner: { ...partner.partner, contact: { ...partner.partner.contact, [field]: value } } }),
});
const ofBrand = (field: string): Door => ({
  paths: Object.keys(partner.brand).map((name) => `brand.${name}`),
  partner: (value) => partnerValues({ brand: { ...partner.brand, [field]: value } }),
});
const ofRecipient = (field: string): Door => ({
  paths: [`recipient.${field}`],
  recipient: (value) => aRecipient({ [field]: value }),
});

const DOORS: Readonly<Record<string, Door>> = {
  ...Object.fromEntries(Object.keys(partner.brand).map((field) => [`brand.${field}`, ofBrand(field)])),
  ...Object.fromEntries(
    ['name', 'legalName', 'address', 'website'].map((field) => [`partner.${field}`, ofPartner(field)]),
  ),
  ...Object.fromEntries(['name', 'title', 'email'].map((field) => [`partner.contact.${field}`, ofContact(field)])),
  'partner.contact.phone': ofContact('phone', 'phoneE164'),
  ...Object.fromEntries(
    ['firstName', 'lastName', 'company', 'industry', 'email'].map((field) => [
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

/** Elements and attribute names in order: what a value must not change; the elements of a slot's own words aside. */
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

const ADDRESS = /\s(?:href|src|background|action)="([^"]*)"/g;
const OWN =
  /^(?:https:\/\/go\.northwind\.example\/|https:\/\/(?:[a-z0-9-]+\.)*brightwater\.example(?:[/?#]|$)|mailto:[^\s<>"']+@[a-z0-9.-]+$|tel:\+\d{6,15}$)/i;
const NEVER =
  // eslint-disable-next-line no-control-regex -- the controls are what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uE000-\uF8FF\uFFFE\uFFFF]|\p{Mn}{4}/u;

/** What is wrong with a message that was accepted; empty when its values are inert. */
function harm(html: string, expected: string): string[] {
  const found: string[] = [];
  const links = skeleton(html).replace(/a\[href\] /g, '');
  if (links !== expected.replace(/a\[href\] /g, '')) found.push('structure');
  for (const [, address = ''] of html.matchAll(ADDRESS))
    if (!OWN.test(address.replaceAll('&amp;', '&'))) found.push(`address ${address}`);
  if (NEVER.test(html.replace(/<div style="display:none[\s\S]*?<\/div>/, ''))) found.push('invisible');
  if (!html.isWellFormed()) found.push('broken');
  return found;
}

/** Tries one value at one door. @returns what it did. */
function attempt(door: Door, value: string): { outcome: 'accepted' | 'refused'; harm: string[] } {
  const baked =
    door.partner === undefined ? { ok: true as const, baked: benign } : bake(master, door.partner(value), POLICY);
  if (!baked.ok)
    return {
      outcome: 'refused',
      harm: baked.problems.filter(({ path }) => !door.paths.includes(path)).map(({ path }) => `names ${path}`),
    };
  const recipient = door.recipient?.(value) ?? aRecipient();
  const result = personalise(baked.baked, recipient, POLICY);
  if (!result.ok)
    return {
      outcome: 'refused',
      harm: result.problems.filter(({ path }) => !door.paths.includes(path)).map(({ path }) => `names ${path}`),
    };
  const plain = personalise(benign, { ...aRecipient(), industry: recipient.industry }, POLICY);
  if (!plain.ok) throw new Error('The benign message is refused.');
  const { html, subject, preheader } = result.message;
  const problems = harm(html, skeleton(plain.message.html));
  if (/[\r\n]/.test(subject + preheader)) problems.push('line break in a header');
  return { outcome: 'accepted', harm: problems };
}

describe.each(Object.entries(DOORS))('a hostile value as %s', (_, door) => {
  it.each(Object.keys(HOSTILE))('of the kind %s is inert or refused by its name', (kind) => {
    const harmful = (HOSTILE[kind] ?? [])
      .map((value) => [value.slice(0, 60), attempt(door, value).harm] as const)
      .filter(([, found]) => found.length > 0);
    expect(harmful).toEqual([]);
  });
});

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...ALL_HOSTILE.map(([, value]) => value.slice(0, 80))),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('<', '>', '"', "'", '&', '{{', '}}', '\r\n', ' '),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));

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

  it('sees both kinds of outcome at every door for words', () => {
    for (const name of ['partner.name', 'recipient.email', 'slot text', 'brand.link', 'partner.website']) {
      const outcomes = new Set(ALL_HOSTILE.map(([, value]) => attempt(DOORS[name] as Door, value).outcome));
      expect([name, outcomes.has('refused')]).toEqual([name, true]);
    }
    expect(attempt(DOORS['slot text'] as Door, '<script>alert(1)</script>').outcome).toBe('accepted');
  });
});

describe('generated hostile values', () => {
  it(`are inert or refused by their name in mails, ${RUNS} times`, () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...Object.keys(DOORS)), (value, name) => {
        expect(attempt(DOORS[name] as Door, value).harm).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('never begin a header, and are read back as what they were', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (value) => {
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

/** Every line of a drawing that README.md of artwork allows. */
const OPERATORS =
  /^(?:q|Q|BT|ET|f|(?:-?[\d.]+ ){4}re(?: W n| f)?|(?:-?[\d.]+ ){6}(?:cm|Tm)|(?:[\d.]+ ){3}rg|\/TcF[0-2] [\d.]+ Tf|-?[\d.]+ Ts|\[(?:<[0-9a-f]+>|-?\d+)*\] TJ|\/Tc(?:Light|Dark) Do|)$/;

describe('a hostile value in a document', () => {
  let blob: Buffer;
  beforeAll(async () => {
    blob = await preparedDocument();
  });

  const tryIn = async (
    changes: { texts?: Record<string, string>; contact?: string[]; links?: Record<string, string> },
    path: RegExp,
  ): Promise<string[]> => {
    const stamped = await stampDocument(blob, {
      ...(await logoValues()),
      texts: {},
      contact: [],
      links: { page: 'https://go.northwind.example/p/x' },
      ...changes,
    });
    if (!stamped.ok)
      return stamped.problems.filter((problem) => !path.test(problem.path)).map((problem) => `names ${problem.path}`);
    const revision = stamped.pdf.subarray(documentProof(blob).byteLength);
    const text = revision.toString('latin1');
    const found: string[] = [];
    for (const { kind, object } of documentProof(blob).reserved) {
      const at = text.search(new RegExp(`(?:^|\\n)${object} 0 obj\\n`));
      const body = text.slice(at, text.indexOf('endobj\n', at));
      if (kind === 'link' && !/\/URI \((?:[^()\\]|\\[()\\])*\) >> >>\n$/.test(body)) found.push(`link ${body}`);
      if (kind !== 'drawing') continue;
      const start = revision.indexOf('stream\n', at) + 'stream\n'.length;
      const lines = inflateSync(revision.subarray(start)).toString('latin1').split('\n');
      found.push(...lines.filter((line) => !OPERATORS.test(line)));
    }
    return found;
  };

  it.each(Object.keys(HOSTILE))('of the kind %s is drawn as text or refused by its name', async (kind) => {
    for (const value of HOSTILE[kind] ?? []) {
      expect([value.slice(0, 60), await tryIn({ texts: { offer: value } }, /^slot\.offer$/)]).toEqual([
        value.slice(0, 60),
        [],
      ]);
      expect([value.slice(0, 60), await tryIn({ contact: [value] }, /^slot\.contact$/)]).toEqual([
        value.slice(0, 60),
        [],
      ]);
      expect([value.slice(0, 60), await tryIn({ links: { page: value } }, /^links\.page$/)]).toEqual([
        value.slice(0, 60),
        [],
      ]);
    }
  });
});

describe('a hostile value on a picture', () => {
  it.each(Object.keys(HOSTILE))('of the kind %s is drawn as text in its place or refused by its name', async (kind) => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="#fff"/><rect id="tc:logo" x="10" y="10" width="80" height="40"/><rect id="tc:text:headline" x="10" y="80" width="380" height="110" data-max="90" data-size="28"/></svg>';
    const prepared = await prepareSocial({
      file: 'a.svg',
      svg,
      width: 400,
      height: 200,
      texts: {},
      catalogueFile: 'locales/en.yaml',
      images: {},
    });
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    for (const value of HOSTILE[kind] ?? []) {
      const composed = await composeSocial(prepared.prepared, { ...(await logoValues()), texts: { headline: value } });
      expect(composed.ok ? [] : composed.problems.filter(({ path }) => path !== 'slot.headline')).toEqual([]);
    }
  });
});
