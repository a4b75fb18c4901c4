import { choicesOf } from './choices';
import { readSteps } from './steps';

const EMAILS = 'emails:\n  welcome: { subject: a }\n  2: { subject: b }\n';

describe('what the steps of a campaign can use', () => {
  it.each([
    ['locales: [en, de]', ['en', 'de']],
    ['locales:', []],
    ['locales: en', []],
    ['locales: { en: yes }', []],
    ['locales: [en, ~, 1]', ['en']],
    ['', []],
  ])('has the languages of “%s”', (line, locales) => {
    const choices = choicesOf(`${line}\n${EMAILS}`, '');
    expect([choices.locales, choices.emails]).toEqual([locales, ['welcome', '2']]);
  });

  it('is nothing while an alias has no anchor', () => {
    for (const line of ['locales: *none', 'sequence: { steps: [{ key: a, email: *none }] }']) {
      expect(choicesOf(`${EMAILS}${line}\n`, '')).toMatchObject({ locales: [], emails: [], steps: [] });
      expect(readSteps(`${EMAILS}${line}\n`)).toBeNull();
    }
  });
});
