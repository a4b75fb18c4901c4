import { parse } from 'yaml';
import { withAnotherSubject } from './subject-test';

const TEXTS = {
  'campaign.yaml': `# Ours.
locales: [en, de]
emails:
  welcome: { source: emails/welcome.mjml, subject: welcome.subject, preheader: welcome.preheader }
sequence:
  steps:
    - { key: first, email: welcome }
    - { key: pause, wait: { days: 2 } }
`,
  'locales/en.yaml': 'welcome:\n  subject: Hello\n  preheader: There\n',
  'locales/de.yaml': 'welcome:\n  subject: Hallo\n  preheader: Da\n',
};

describe('another subject of a step', () => {
  it('is an e-mail of the same template that the step tests, with a copy of the subject in each language', () => {
    const another = withAnotherSubject(TEXTS, 0);
    const { 'campaign.yaml': campaign = '', 'locales/de.yaml': german = '' } = another?.made ?? {};
    expect(another?.key).toBe('welcome-2');
    expect(campaign).toContain('# Ours.');
    expect(parse(campaign)).toMatchObject({
      emails: {
        'welcome-2': { source: 'emails/welcome.mjml', subject: 'welcome.subject-1', preheader: 'welcome.preheader' },
      },
      sequence: { steps: [{ key: 'first', email: 'welcome', test: ['welcome-2'] }, { key: 'pause' }] },
    });
    expect(parse(german)).toEqual({ welcome: { subject: 'Hallo', preheader: 'Da', 'subject-1': 'Hallo' } });
  });

  it('is a third and fourth one, and no fifth', () => {
    let texts: Readonly<Record<string, string>> = TEXTS;
    for (let number = 2; number <= 4; number += 1) {
      const another = withAnotherSubject(texts, 0);
      expect(another?.key).toBe(`welcome-${number}`);
      texts = { ...texts, ...another?.made };
    }
    expect(withAnotherSubject(texts, 0)).toBeNull();
    expect(withAnotherSubject(TEXTS, 1)).toBeNull();
  });
});
