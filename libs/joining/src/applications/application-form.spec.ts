import {
  type ApplicationQuestion,
  answersTo,
  CLOSED_FORM,
  decideByRules,
  requireComplete,
  requireProvable,
} from './application-form.js';

const rules = {
  ...CLOSED_FORM.rules,
  refuse: { countries: ['KP'], domains: ['rival.example', 'gmail.com'] },
  accept: { countries: ['GB'], domains: ['friend.example'] },
};

describe('the rules of an application form', () => {
  it.each([
    ['refuse a country', 'KP', 'any.example', 'any.example', 'refused'],
    ['refuse a domain, also in a country that they accept', 'GB', 'rival.example', 'rival.example', 'refused'],
    ['refuse a host below a domain', 'GB', 'mail.rival.example', 'rival.example', 'refused'],
    ['refuse no host that only ends alike', 'FR', 'unrival.example', 'unrival.example', null],
    ['refuse a mailbox provider that they name', 'GB', 'gmail.com', null, 'refused'],
    ['accept a country', 'GB', 'any.example', 'any.example', 'accepted'],
    ['accept a domain', 'FR', 'mail.friend.example', 'friend.example', 'accepted'],
    ['leave the others to a person', 'FR', 'any.example', 'any.example', null],
    ['leave an address of a mailbox provider to a person, whatever its country', 'GB', 'gmx.de', null, null],
    ['refuse a country, also with an address of a mailbox provider', 'KP', 'gmx.de', null, 'refused'],
  ] as const)('%s', (_, countryCode, mailHost, domain, decision) => {
    expect(decideByRules(rules, { countryCode, mailHost, domain })).toBe(decision);
  });

  it.each([
    ['gmx.de', null, 'application-form.domain-of-many'],
    ['mail.friend.example', 'friend.example', 'application-form.domain-below'],
  ])('accept no domain that can never match: %s', (domain, proved, code) => {
    const accept = { countries: [], domains: ['friend.example', domain] };
    const provedBy = (host: string): string | null => (host === domain ? proved : host);
    expect(() => requireProvable({ ...CLOSED_FORM, rules: { ...rules, accept } }, provedBy)).toThrow(
      expect.objectContaining({ code, details: expect.objectContaining({ field: 'rules.accept.domains' }) }),
    );
    requireProvable({ ...CLOSED_FORM, rules: { ...rules, refuse: accept } }, provedBy);
  });

  it('need a tier and a region before they accept', () => {
    expect(() => requireComplete({ ...CLOSED_FORM, rules: { ...rules, tier: 'gold' } })).toThrow(
      expect.objectContaining({ code: 'application-form.tier-missing', details: { field: 'rules.region' } }),
    );
    requireComplete({ ...CLOSED_FORM, rules: { ...rules, tier: 'gold', region: 'emea' } });
  });
});

describe('answers to the questions of a form', () => {
  const questions: readonly ApplicationQuestion[] = [
    { key: 'size', label: { en: 'How many people?', de: 'Wie viele Personen?' }, isRequired: true },
    { key: 'why', label: { en: 'Why?' }, isRequired: false },
  ];

  it('are kept with the question as it was read', () => {
    expect(answersTo(questions, { size: ' 12 ', why: '' }, 'de-AT')).toEqual([
      { question: 'Wie viele Personen?', answer: '12' },
    ]);
    expect(answersTo(questions, { size: '12', why: 'x' }, 'fr')).toEqual([
      { question: 'How many people?', answer: '12' },
      { question: 'Why?', answer: 'x' },
    ]);
  });

  it.each([
    [{}, 'application.answer-missing'],
    [{ size: '1', other: 'x' }, 'application.question-unknown'],
  ])('%j is refused with %s', (answers, code) => {
    expect(() => answersTo(questions, answers, 'en')).toThrow(expect.objectContaining({ code }));
  });
});
