import { firstParts } from './first-parts.js';

const when = (...values: string[]) => ({ when: { industry: values }, body: ['For you.'], otherwise: [] });
const master = (locale: string, html: unknown[]) => ({ locale, subject: [], text: [], html });
const campaign = (conditions: unknown[][], locales = ['en', 'de']) =>
  ({
    definition: {
      sequence: {
        steps: conditions.flatMap((_, at) => [
          { key: `step-${at}`, kind: 'email', email: `mail-${at}` },
          { key: `pause-${at}`, kind: 'wait' },
        ]),
      },
    },
    emails: conditions.map((html, at) => ({
      key: `mail-${at}`,
      masters: Object.fromEntries(locales.map((locale) => [locale, master(locale, html)])),
    })),
  }) as unknown as Parameters<typeof firstParts>[0];
const namesOf = (of: Parameters<typeof firstParts>[0]): string[] =>
  firstParts(of, 3).map(({ stepKey, variant }) => `${stepKey} ${variant}`);

describe('the released parts of a version', () => {
  it('begin with every step in every language, and then its conditions', () => {
    expect(namesOf(campaign([[when('finance')], []]))).toEqual([
      'step-0 en',
      'step-1 en',
      'step-0 de',
      'step-1 de',
      'step-0 en; industry=finance',
      'step-0 de; industry=finance',
    ]);
  });

  it('name a condition with those that lead to it', () => {
    const nested = { when: { segment: ['smb'] }, body: [when('finance')], otherwise: [when('health')] };
    expect(namesOf(campaign([[nested]], ['en']))).toEqual([
      'step-0 en',
      'step-0 en; segment=smb',
      'step-0 en; industry=finance; segment=smb',
      'step-0 en; industry=health',
    ]);
  });

  it('name the arms of a test with the version', () => {
    const of = campaign([[]], ['en']);
    const [step] = of.definition.sequence.steps;
    Object.assign(step ?? {}, {
      testTimes: [
        { from: '09:00', to: '11:00' },
        { from: '14:00', to: '16:00' },
      ],
    });
    expect(namesOf(of)).toEqual(['step-0 en; time=09:00-11:00; test=3', 'step-0 en; time=14:00-16:00; test=3']);
  });

  it('are twelve at most, in the same order every time', () => {
    const many = campaign(Array.from({ length: 9 }, () => [when('finance'), when('health')]));
    expect(namesOf(many)).toHaveLength(12);
    expect(namesOf(many)).toEqual(namesOf(many));
    expect(namesOf(many).slice(8)).toEqual(['step-8 en', 'step-0 de', 'step-1 de', 'step-2 de']);
  });
});
