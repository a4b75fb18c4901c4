import type { Locale } from '#kernel';
import { checkGreetingCase } from './greeting-case.js';
import { SourceReport } from './position.js';

const HOLES = [{ path: 'partner.name' }, { path: 'recipient.greeting' }];
const codesOf = (locale: string, after: string): string[] => {
  const report = new SourceReport('emails/welcome.mjml', '');
  const body = [{ hole: 0 }, '\n\n', { hole: 1 }, after, { hole: 0 }];
  checkGreetingCase(locale as Locale, [{ lock: 'letter', body }], HOLES, report);
  return report.problems.map(({ code, severity }) => `${severity} ${code}`);
};

describe('the line after the greeting', () => {
  it.each([
    ['fr', '\n\nla facture cloud'],
    ['fr-CA', '\n\n« la facture'],
    ['en', '\nmost break-ins'],
    ['nl', '\n\nvorige week'],
    ['de', '\n\nDie meisten Einbrüche'],
    ['it', '\n\nLa fattura'],
  ])('in %s is reported: %j', (locale, after) => {
    expect(codesOf(locale, after)).toEqual(['warning greeting-case']);
  });

  it.each([
    ['fr', '\n\nLa facture cloud'],
    ['fr', '\n\n3 semaines'],
    ['en', ' you can be reached'],
    ['de', '\n\ndie meisten Einbrüche'],
    ['de', '\n\nEinbrüche beginnen'],
    ['de', '\n\nSie kennen das'],
    ['it', '\n\nla fattura'],
    ['ja', '\n\nいつも'],
    ['en', '\n\n'],
  ])('in %s may be: %j', (locale, after) => {
    expect(codesOf(locale, after)).toEqual([]);
  });
});
