import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ROW_PROBLEMS } from '#contacts';
import { DomainError } from '#kernel';
import { reasonSentence } from '#sequences';
import { choiceProblems, NO_CHOICES, stricterRuleProblems } from '#sequencing';
import { checkSlot, type SlotNodes, type SlotRule, slotFromText } from '#rendering';
import { checkText, textLayer } from '../../libs/artwork/src/social/text-layer.js';
import { contrastProblems } from '../../libs/brand/src/brand-colours.js';
import { aSequence } from '../../libs/sequencing/src/sequence.fixture.js';
import { checkedHost } from '../../libs/brand/src/host-proof.js';
import { fieldFault } from '../../apps/api/src/http/field-faults.js';
import { apiTexts, gateTexts } from '../support/portal-texts.js';
import { LOOK_UP_FAILURES } from '../../libs/delivery/src/look-up/look-up-failure.js';
import { REASON_CODES, VENDOR_REASON_CODES, vendorReasonSentence } from '../../libs/sequences/src/enrolment/reason.js';
import { FORECAST_REASONS } from '../../libs/sequences/src/forecast/contact-walk.js';
import type { SkipReason } from '../../libs/sequencing/src/advance.js';

const GERMAN_GATES = gateTexts();
const GERMAN_REASONS = apiTexts('reasons');
const GERMAN_VENDOR_REASONS = apiTexts('vendorReasons');
const GERMAN_VALUES = apiTexts('values');
const GERMAN_MISSING = apiTexts('missing');
const GERMAN_PROBLEMS = apiTexts('problems-first');
const MORE_GERMAN_PROBLEMS = apiTexts('problems');

/** The compiler checks that no reason of the sequence itself is left out. */
const SKIPPED: Readonly<Record<SkipReason, true>> = {
  'step-expired': true,
  'step-removed': true,
  'skipped-by-partner': true,
  'exit-rule': true,
};

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(?:spec|fixture)\.ts$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

/**
 * Refusals that nobody meets in the portal: of keys and processes, of headers
 * that it always sends, of what its own code never asks.
 */
const MET_BY_PROGRAMS = [
  'api-key.unknown',
  'approval.person-missing',
  'blob.hash-malformed',
  'edit.version-missing',
  'embed.foreign',
  'epoch.not-halted',
  'halt.reason',
  'halt.subject',
  'import.key-invalid',
  'import.mapping-invalid',
  'launch.key-missing',
  'invitation.key-invalid',
  'message.in-hand',
  'reply.too-many',
  'offer.partner-missing',
  'page.gone',
  'seed.package',
  'translation.person-only',
  'xliff.missing',
  'provider-event.certificate-away',
  'provider-event.not-confirmed',
  'provider-event.paused',
  'provider-event.refused',
  'provider-event.unreadable',
  'seal.key-malformed',
  'seal.key-unknown',
  'seal.malformed',
  'seal.manifest-broken',
  'seal.other-activation',
  'seal.other-manifest',
  'seal.receipt-missing',
  'seal.signature-wrong',
];
/**
 * What is at fault stands in their sentence alone, and is another each time.
 */
const SAYING_MORE_IN_ENGLISH = ['provider-source.secret-invalid', 'seal.broken'];

/**
 * Codes of refusals as the code throws them: whole, or made of a family and a
 * reason.
 */
function thrownCodes(): Set<string> {
  const found = new Set<string>();
  for (const source of [...sourcesIn('libs'), ...sourcesIn('apps/api/src')])
    for (const [, code = ''] of source.matchAll(
      /\b(?:DomainError|away|conflict|forbidden|invalid)\(\s*'([a-z-]+\.[a-z-]+)'/g,
    ))
      found.add(code);
  const families = [
    ['campaign-version', 'libs/campaigns/src/campaign-version.ts', /\bthis\.refusal\(\s*'([a-z-]+)'/g],
    ['import', 'libs/contacts/src/imports/csv-file.ts', /\brefusal\(\s*'([a-z-]+)'/g],
    ['contact', 'libs/contracts/src/email-address.ts', /'(email-[a-z-]+)'/g],
    ['logo', 'libs/artwork/src/logo.ts', /\brefuse\(\s*'logo-([a-z-]+)'/g],
    ['logo', 'libs/artwork/src/rasterise.ts', /\brefuse\(\s*'logo-([a-z-]+)'/g],
    ['logo', 'libs/artwork/src/svg/logo-svg.ts', /\brefuse\(\s*'logo-([a-z-]+)'/g],
  ] as const;
  for (const [noun, file, reasons] of families) {
    const own = [...readFileSync(file, 'utf8').matchAll(reasons)].map(([, reason]) => `${noun}.${reason}`);
    if (own.length === 0) throw new Error(`${file} throws nothing any more of the form ${String(reasons)}.`);
    for (const code of own) found.add(code);
  }
  // Made from the word alone: see `cobranding.service.ts`.
  return found.add('document.unusable').add('social.unusable');
}

/**
 * What a schema refuses, whose sentence becomes another's; a mistake that seals
 * name.
 */
const NOT_MET = ['custom', 'stored-bytes'];

/**
 * Codes of what is said beside a sentence: `code: 'word', …, message:`, also
 * where one of two is chosen.
 */
function thingsSaid(): string[] {
  const saying =
    /\bcode: ((?:\w+ \? )?'[a-z.-]+'(?: : '[a-z.-]+')?)(?: as const)?,(?:(?!\bcode:)[^;]){0,300}?\bmessage\b/g;
  const sources = ['activations', 'artwork', 'brand', 'campaigns', 'contacts', 'content', 'leads', 'rendering'].flatMap(
    (lib) => sourcesIn(`libs/${lib}/src`),
  );
  const codes = sources.flatMap((source) =>
    [...source.matchAll(saying)].flatMap(([, written = '']) =>
      [...written.matchAll(/'([a-z.-]+)'/g)].map(([, code = '']) => code),
    ),
  );
  return [...new Set(codes)].sort();
}

const isSaidInGerman = (code: string): boolean =>
  [GERMAN_VALUES, GERMAN_PROBLEMS, MORE_GERMAN_PROBLEMS, GERMAN_GATES].some((sentences) => code in sentences);

const holesOf = (sentence: string): string[] => [
  ...new Set([...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name)),
];

interface Named {
  readonly code: string;
  readonly message: string;
  readonly named: Readonly<Record<string, string | number>>;
}

/**
 * The German sentence has no hole without a value, and the values are those of
 * the English one.
 */
function expectNamed({ code, message, named }: Named): void {
  const german = GERMAN_VALUES[code] ?? '';
  expect({ code, isTranslated: german !== '' }).toEqual({ code, isTranslated: true });
  expect(Object.keys(named)).toEqual(expect.arrayContaining(holesOf(german)));
  for (const [name, value] of Object.entries(named)) if (name !== 'what') expect(message).toContain(String(value));
}

describe('the German of what the API says in English', () => {
  it('has every reason of a decision and of a wait, and none besides', () => {
    expect(Object.keys(GERMAN_REASONS).sort()).toEqual([...REASON_CODES].sort());
    expect(Object.keys(GERMAN_REASONS)).toEqual(expect.arrayContaining(Object.keys(SKIPPED)));
  });

  it('speaks to vendors of partners, where they see a reason, and never to “you”', () => {
    expect(Object.keys(GERMAN_VENDOR_REASONS).sort()).toEqual([...VENDOR_REASON_CODES].sort());
    const shown = [...FORECAST_REASONS.filter((code) => code !== 'other'), ...Object.keys(SKIPPED)];
    const english = shown.map((code) => vendorReasonSentence(code));
    const german = shown.map((code) => GERMAN_VENDOR_REASONS[code] ?? GERMAN_REASONS[code] ?? '');
    expect(english.filter((sentence) => /\byours?\b|\byou\b/i.test(sentence))).toEqual([]);
    expect(german.filter((sentence) => /\bIhre?[mnrs]?\b|\bSie (?:haben|lassen)\b/.test(sentence))).toEqual([]);
  });

  it('has every reason that the ledger writes', () => {
    const sources = readdirSync('libs/delivery/src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.(?:spec|fixture)\.ts$/.test(name))
      .map((name) => readFileSync(`libs/delivery/src/${name}`, 'utf8'));
    // `reason: 'text'` is the type of a column.
    const written = sources
      .flatMap((source) => source.match(/(?<=\breason(?::| =) ')[a-z-]+(?=')/g) ?? [])
      .filter((code) => code !== 'text');
    expect(new Set(written).size).toBeGreaterThan(8);
    expect(written.filter((code) => !REASON_CODES.includes(code))).toEqual([]);
  });

  it('translates: no sentence is the English one', () => {
    const same = Object.entries(GERMAN_REASONS).filter(([code, german]) => german === reasonSentence(code));
    expect(same).toEqual([]);
  });

  it('has every refusal that a person can meet in the portal, and excuses none that is not thrown', () => {
    const thrown = thrownCodes();
    expect(thrown.size).toBeGreaterThan(120);
    const all = { ...GERMAN_PROBLEMS, ...MORE_GERMAN_PROBLEMS };
    const excused = [...MET_BY_PROGRAMS, ...SAYING_MORE_IN_ENGLISH];
    // The portal says of whatever is not found that it is not there.
    const needed = [...thrown].filter((code) => !code.endsWith('.not-found') && !excused.includes(code));
    expect(needed.filter((code) => !(code in all)).sort()).toEqual([]);
    expect(excused.filter((code) => !thrown.has(code) || code in all)).toEqual([]);
  });

  it('has every reason why a value may not stand in a copy', () => {
    const codes = ['libs/rendering/src/values.ts', 'libs/rendering/src/slot.ts', 'libs/rendering/src/bake.ts'].flatMap(
      (file) => [
        ...readFileSync(file, 'utf8').matchAll(/(?:\b(?:refuse\(\s*path,|no\(|add\(|code:)\s*)'([a-z]+-[a-z-]+)'/g),
      ],
    );
    const reasons = new Set(codes.map(([, code = '']) => code));
    expect(reasons.size).toBeGreaterThan(20);
    expect([...reasons].filter((code) => !(code in GERMAN_VALUES))).toEqual([]);
  });

  it('has what a schema alone finds wrong with a field, and names what its sentence names', () => {
    const source = readFileSync('apps/api/src/http/field-faults.ts', 'utf8');
    const codes = [...new Set([...source.matchAll(/'(field\.[a-z-]+)'/g)].map(([, code = '']) => code))];
    expect(codes.length).toBeGreaterThan(10);
    // A schema's own sentence says more than its code.
    expect(codes.filter((code) => !(code in GERMAN_VALUES))).toEqual(['field.invalid']);
    const faults = z
      .strictObject({ short: z.string().min(3), few: z.array(z.string()).min(2), one: z.enum(['won']), id: z.uuid() })
      .safeParse({ short: 'ab', few: [], one: 'lost', id: 'x', more: 1 })
      .error?.issues.map((issue) => fieldFault(issue));
    expect(faults).toHaveLength(5);
    for (const { code, message, named = {} } of faults ?? []) expectNamed({ code, message, named });
  });

  it('names what a refused slot names', () => {
    const rule: Omit<SlotRule, 'help'> = {
      name: 'offer',
      label: 'Offer',
      maxChars: 40,
      maxLines: 2,
      required: true,
      default: slotFromText('Ask us'),
      format: 'inline',
      links: 'partner',
    };
    const linked = (href: string): SlotNodes => ({ kind: 'paragraphs', blocks: [[{ text: 'Ask us', href }]] });
    const policy = { publicOrigin: 'https://mail.example', partnerHosts: ['brightwater.example'] };
    const refused = [
      linked('https://evil.example/'),
      linked('https://xn--brghtwater-t2i.example/'),
      linked('http://a.example/'),
      slotFromText('one\ntwo\nthree'),
      slotFromText('long '.repeat(20)),
      slotFromText('p\u0430ssword'),
    ].flatMap((nodes) => checkSlot(rule, nodes, policy));
    expect(refused.map(({ code }) => code).sort()).toEqual([
      'slot-lines',
      'text-disguised',
      'text-too-long',
      'url-host-disguised',
      'url-host-unknown',
      'url-not-https',
    ]);
    for (const { code, message, named = {} } of refused) {
      const german = GERMAN_VALUES[code] ?? '';
      const holes = [...german.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
      expect(holes.sort()).toEqual(Object.keys(named).sort());
      for (const [name, value] of Object.entries(named)) if (name !== 'what') expect(message).toContain(String(value));
    }
  });

  it('has every single problem within a refusal, and every advice', () => {
    const found = thingsSaid();
    expect(found).toEqual(expect.arrayContaining(['contrast-low', 'link-unusable', 'logo-small', 'text-script']));
    expect(found.length).toBeGreaterThan(25);
    expect(found.filter((code) => !isSaidInGerman(code))).toEqual(NOT_MET);
    expect(Object.keys(ROW_PROBLEMS).filter((code) => !isSaidInGerman(code))).toEqual([]);
  });

  it('names what a choice that is not the partner’s names, and every one has a sentence', () => {
    const sequence = aSequence({ steps: ['welcome', 'offer'].map((key) => ({ key, email: key })) });
    const choices = { ...NO_CHOICES, shiftDays: { welcome: 1, gone: 2 }, skip: ['welcome', 'offer'] };
    const problems = choiceProblems(sequence, choices);
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(['step-unknown', 'shift-locked', 'skip-locked', 'all-skipped']),
    );
    for (const problem of problems) expectNamed({ ...problem, code: `launch.${problem.code}` });
  });

  it('names what a looser rule for leads names, and every one has a sentence', () => {
    const rule = {
      clicks: { count: 2, links: ['offer'], withinDays: 7 },
      remind: { hours: 24 },
      escalate: { hours: 72 },
    };
    const nothing = { clicks: null, remindAfterHours: null, escalateAfterHours: null };
    const problems = [
      ...stricterRuleProblems(
        rule,
        { clicks: { count: 1, links: ['other'], withinDays: 9 }, remindAfterHours: 90, escalateAfterHours: 90 },
        ['offer', 'other'],
      ),
      ...stricterRuleProblems(rule, { ...nothing, clicks: { count: 2, links: null, withinDays: 7 } }, [
        'offer',
        'other',
      ]),
      ...stricterRuleProblems({ ...rule, clicks: null }, { ...nothing, clicks: rule.clicks }, ['offer']),
    ];
    expect(new Set(problems.map(({ code }) => code)).size).toBe(6);
    for (const problem of problems) expectNamed({ ...problem, code: `lead-rule.${problem.code}` });
  });

  it('names what a text that cannot stand on a picture names', async () => {
    const place = {
      name: 'headline',
      maxChars: 10,
      x: 0,
      y: 0,
      width: 20,
      height: 8,
      size: 40,
      minSize: 30,
      colour: '#111827',
      weight: 'regular' as const,
      align: 'start' as const,
      valign: 'start' as const,
    };
    const problems = [
      checkText(place, 'long '.repeat(9)),
      checkText(place, 'a\u202eb'),
      checkText(place, '漢'),
      await textLayer(place, 'unfitting'),
    ];
    for (const problem of problems) {
      if (problem === null || !('code' in problem)) throw new Error('The text was taken.');
      expectNamed(problem);
    }
  });

  it('names what the advice about a colour names', () => {
    const faint = { primary: '#ffffff', onPrimary: '#eeeeee', secondary: '#ffffff', onSecondary: '#eeeeee' } as const;
    const problems = contrastProblems({ ...faint, link: '#dddddd' });
    expect(problems.map(({ field }) => field)).toEqual(['colours.onPrimary', 'colours.onSecondary', 'colours.link']);
    for (const { field, message, remedy = '', named } of problems) {
      expect(holesOf(GERMAN_MISSING[field] ?? '').sort()).toEqual(Object.keys(named).sort());
      for (const value of Object.values(named)) expect(`${message} ${remedy}`).toContain(String(value));
    }
  });

  it('has every refusal about mail servers', () => {
    const sources = readdirSync('libs/delivery/src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(`libs/delivery/src/${name}`, 'utf8'));
    const codes = new Set(sources.flatMap((source) => source.match(/(?<=')relay\.[a-z-]+(?=')/g) ?? []));
    // Made from the word alone: `notFound('relay', …)`.
    codes.add('relay.not-found');
    expect(codes.size).toBeGreaterThan(4);
    expect([...codes].filter((code) => !(code in GERMAN_PROBLEMS))).toEqual([]);
  });

  it('has every refusal of a host, and names what the refusal names', () => {
    const refusals = ['co.uk', 'gmail.com', 'mail.example', 'no host'].map((host) => {
      try {
        return checkedHost(host, 'mail.example') as never;
      } catch (error) {
        if (error instanceof DomainError) return error;
        throw error;
      }
    });
    expect(new Set(refusals.map(({ code }) => code)).size).toBe(4);
    for (const { code, message, details } of refusals) {
      const german = GERMAN_PROBLEMS[code] ?? '';
      const { field, ...named } = details;
      expect(field).toBe('host');
      expect([...german.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)).toEqual(Object.keys(named));
      for (const value of Object.values(named)) expect(message).toContain(value);
    }
  });

  it('has every trouble of a look-up', () => {
    expect(LOOK_UP_FAILURES.length).toBeGreaterThan(10);
    expect(LOOK_UP_FAILURES.filter((code) => !(`look-up.${code}` in GERMAN_PROBLEMS))).toEqual([]);
  });

  it('has every field that a brand profile may lack', () => {
    const source = readFileSync('libs/brand/src/brand-profile.ts', 'utf8');
    const fields = [...source.matchAll(/\[profile\.[\w.]+, '([\w.]+)', '/g)].map(([, field]) => field);
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((field) => !(String(field) in GERMAN_MISSING))).toEqual([]);
  });
});
