import fc from 'fast-check';
import { buildMime, prepareMime } from './mime.js';
import type { BakedMaster } from './bake.js';
import { type Condition, type Program, WHEN_FIELDS } from './master.js';
import { conditionFieldsOf, readVariant, variantName, variantOf, variantOfArm } from './variant.js';

const WORDS = ['finance', 'Insurance', 'de', 'AT', 'smb'];
const condition: fc.Arbitrary<Condition> = fc
  .dictionary(fc.constantFrom(...WHEN_FIELDS), fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }), {
    noNullPrototype: true,
  })
  .filter((one) => Object.keys(one).length > 0);
const { program } = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.array(
    fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      fc.string({ maxLength: 3 }),
      fc.record({ when: condition, body: tie('program'), otherwise: tie('program') }),
    ),
    { maxLength: 4 },
  ),
}));
const value = fc.option(fc.constantFrom(...WORDS), { nil: null });
const recipient = fc
  .record({ industry: value, persona: value, stage: value, segment: value, country: value })
  .map((fields) => ({ ...fields, firstName: null, lastName: null, company: null, email: 'a@b.example', links: {} }));

const aMaster = (subject: Program, text: Program, html: Program): BakedMaster => ({
  kind: 'email',
  locale: 'de' as BakedMaster['locale'],
  direction: 'ltr',
  holes: [],
  links: [],
  preheader: [],
  root: '',
  programHash: '',
  valuesHash: '',
  values: {},
  subject,
  text,
  html,
});
const rendered = (master: BakedMaster, to: Parameters<typeof buildMime>[1]): { variant: string; bytes: string } => {
  const policy = { publicOrigin: 'https://x.example', partnerHosts: [] };
  const made = buildMime(prepareMime(master), to, policy, (subject) => `s${subject}`, { messageId: 'm', headers: [] });
  if (!made.ok) throw new Error('It has no holes.');
  return { variant: made.variant, bytes: made.raw.toString() };
};

describe('a recipient variant', () => {
  it('has the same name in prediction and in rendering', () => {
    fc.assert(
      fc.property(program, program, program, recipient, (subject, text, html, to) => {
        const master = aMaster(subject, text, html);
        expect(variantOf(master, to)).toBe(rendered(master, to).variant);
      }),
      { numRuns: 400 },
    );
  });

  it('of the same name is the same message, word for word', () => {
    fc.assert(
      fc.property(program, program, recipient, recipient, (text, html, one, other) => {
        const master = aMaster(['Hello'], text, html);
        const [a, b] = [rendered(master, one), rendered(master, other)];
        if (a.variant === b.variant) expect(a.bytes).toBe(b.bytes);
      }),
      { numRuns: 400 },
    );
  });

  it('hangs on what its conditions ask, in subject, text and HTML, along both ways past each', () => {
    const inner = {
      when: { country: ['DE', 'at'] },
      body: [],
      otherwise: [{ when: { industry: ['retail'] }, body: [], otherwise: [] }],
    };
    const html: Program = [
      { lock: 'legal', body: [{ when: { industry: ['Finance', 'finance'] }, body: [], otherwise: [inner] }] },
    ];
    expect(conditionFieldsOf(aMaster([{ when: { segment: ['smb'] }, body: [], otherwise: [] }], [], html))).toEqual([
      { field: 'industry', values: ['finance', 'retail'] },
      { field: 'segment', values: ['smb'] },
      { field: 'country', values: ['DE', 'at'] },
    ]);
    expect(conditionFieldsOf(aMaster(['Hello'], [], []))).toEqual([]);
  });

  it('says the language and what held, in one order and one spelling', () => {
    const held: Condition[] = [
      { country: ['de'], industry: ['Insurance', 'finance'] },
      { segment: ['SMB'] },
      { industry: ['finance', 'insurance'], country: ['DE'] },
    ];
    const name = variantName('de', held);
    expect(name).toBe('de; industry=finance|insurance & country=DE; segment=smb');
    expect(readVariant(name)).toEqual({
      locale: 'de',
      drawn: null,
      conditions: ['industry=finance|insurance & country=DE', 'segment=smb'],
    });
    expect(readVariant(variantName('en', []))).toEqual({ locale: 'en', drawn: null, conditions: [] });
    expect(readVariant('')).toBeNull();
  });

  it('says what a test drew and the version of the test, beside the conditions', () => {
    const drawn = { of: 'email', arm: 'welcome-2', version: 3 } as const;
    const name = variantOfArm(variantName('de', [{ segment: ['smb'] }]), drawn);
    expect(name).toBe('de; email=welcome-2; test=3; segment=smb');
    expect(readVariant(name)).toEqual({ locale: 'de', drawn, conditions: ['segment=smb'] });
    const time = { of: 'time', arm: '09:00-11:00 tue,thu', version: null } as const;
    expect(variantOfArm('en', time)).toBe('en; time=09:00-11:00 tue,thu');
    expect(readVariant(variantOfArm('en', time))).toEqual({ locale: 'en', drawn: time, conditions: [] });
  });

  it('of more conditions than a row can name is named by a hash', () => {
    const held = Array.from({ length: 40 }, (_, at): Condition => ({ segment: [`segment number ${at}`] }));
    const name = variantName('en', held);
    expect(name).toMatch(/^en; #[0-9a-f]{16}$/);
    expect(variantName('en', held.slice(1))).not.toBe(name);
  });
});
