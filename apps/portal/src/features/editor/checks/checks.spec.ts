import type { Problem } from '../../../shared/gates';
import { applyAll, type Fix, fixOf } from './fixes';
import { placeOf } from './problem-place';

const CAMPAIGN = `# Autumn
title: { en: Autumn, de: Herbst } # both
summary: { en: Text }
locales: [ en, de ]
links:
  demo: { target: 'https://www.example.com/' }
locks: [ legal ]
emails:
  welcome: { source: emails/welcome.mjml, subject: welcome.subject, preheader: welcome.subject }
  second: { source: emails/second.mjml, subject: welcome.subject, preheader: welcome.subject }
sequence:
  steps:
    - { key: one, email: welcome } # first
    - { key: two, email: second }
`;
const WELCOME = `<mjml><mj-body>
<mj-section><mj-column><mj-image src="x" /><mj-text>{{t "welcome.text"}}</mj-text></mj-column></mj-section>
<tc-lock name="legal"><mj-section></mj-section></tc-lock>
</mj-body></mjml>
`;
const TEXTS = {
  'campaign.yaml': CAMPAIGN,
  'emails/welcome.mjml': WELCOME,
  'emails/second.mjml': '<mjml><mj-body>\n    <mj-section href="{{links.dmo}}" />\n  </mj-body></mjml>\n',
  'locales/en.yaml': '# words\nwelcome:\n  subject: "Two\\nlines"\n  text: Hello\nold: { a: One, b: Two }\n',
  'locales/de.yaml': 'welcome:\n  subject: Eins\nold: { a: Eins, b: Zwei }\n',
};
const problem = (given: Partial<Problem>): Problem => ({
  code: 'x',
  severity: 'error',
  file: 'campaign.yaml',
  line: null,
  column: null,
  message: '',
  remedy: '',
  ...given,
});
const fixed = (given: Partial<Problem>) => fixOf(problem(given), TEXTS)?.apply(TEXTS);

describe('the fix of a check', () => {
  it('removes an unused text from every language, one after the other', () => {
    const unused = (key: string): Fix => {
      const fix = fixOf(problem({ code: 'key-unused', message: `The text ${key} is not used.` }), TEXTS);
      if (fix === null) throw new Error(key);
      return fix;
    };
    expect(unused('old.a').apply(TEXTS)).toEqual({
      'locales/en.yaml': TEXTS['locales/en.yaml'].replace('a: One, ', ''),
      'locales/de.yaml': TEXTS['locales/de.yaml'].replace('a: Eins, ', ''),
    });
    expect(applyAll([unused('old.a'), unused('old.b')], TEXTS)['locales/de.yaml']).toBe('welcome:\n  subject: Eins\n');
  });

  it('leaves a text or file that is used again, and a text that is there by now', () => {
    const applied = (given: Partial<Problem>, now: object): unknown =>
      fixOf(problem(given), TEXTS)?.apply({ ...TEXTS, ...now });
    const unused = { code: 'key-unused', message: 'The text old.a is not used.' };
    expect(applied(unused, { 'emails/second.mjml': '{{fallback recipient.firstName (t "old.a")}}' })).toEqual({});
    expect(applied(unused, { 'campaign.yaml': CAMPAIGN.replace('welcome.subject', 'old.a') })).toEqual({});
    const file = { code: 'file-unused', file: 'images/old.png' };
    expect(applied(file, { 'emails/old.mjml': '<mj-image src="images/old.png" />' })).toEqual({
      'images/old.png': null,
    });
    expect(applied(file, { 'emails/second.mjml': '<mj-image src="images/old.png" />' })).toEqual({});
    const message = 'The key welcome.text is missing; locales/en.yaml has it.';
    const translated = TEXTS['locales/de.yaml'].replace('Eins\n', 'Eins\n  text: Hallo\n');
    expect(
      applied({ code: 'key-missing', file: 'locales/de.yaml', message }, { 'locales/de.yaml': translated }),
    ).toEqual({});
  });

  it('adds the placeholders of a PDF to its document, with the texts of partners', () => {
    const documents = 'documents: { plan: { source: documents/plan.pdf, title: welcome.subject } }\n';
    const texts = { ...TEXTS, 'campaign.yaml': CAMPAIGN + documents };
    const fixOfPlaceholder = (name: string, file = 'documents/plan.pdf') =>
      fixOf(
        problem({
          code: 'pdf-slot-undeclared',
          file,
          message: `Page 1, field tc.${name}: The document has a placeholder for ${name} that campaign.yaml does not declare.`,
        }),
        texts,
      );
    const fixes = ['logo', 'qr', 'offer'].flatMap((name) => fixOfPlaceholder(name) ?? []);
    const campaign = applyAll(fixes, texts)['campaign.yaml'];
    for (const line of [
      'logo: { kind: logo, surface: light }',
      'qr: { kind: qr, link: demo }',
      'offer: { kind: text, slot: offer, size: 11, minSize: 8 }',
      'slots:\n  offer: { label: { en: Offer, de: Offer }, maxChars: 120, maxLines: 3 }',
    ])
      expect(campaign).toContain(line);
    expect(fixOfPlaceholder('logo', 'documents/other.pdf')).toBeNull();
  });

  it('gives a text the colour for its background, where one is certain', () => {
    const fixOn = (surface: string, ink = '#aaaaaa') =>
      fixed({
        code: 'brand-pair',
        file: 'emails/welcome.mjml',
        line: 2,
        column: 60,
        message: `Text in ${ink} on ${surface} is not readable in every partner’s colours.`,
      })?.['emails/welcome.mjml'];
    expect(fixOn('{{brand.primary}}')).toBe(WELCOME.replace('<mj-text>', '<mj-text color="{{brand.onPrimary}}">'));
    expect(fixOn('#ffffff')).toContain('<mj-text color="#101828">');
    expect(fixOn('{{brand.link}}')).toBeUndefined();
    // Its colour is that of links, which stand in the text.
    expect(fixOn('{{brand.primary}}', '{{brand.link}}')).toBeUndefined();
  });

  it('removes texts of a language, and no link or slot that is called like it', () => {
    const without = `title: { en: Autumn }
links: { demo: { target: a }, it: { label: { en: Site }, to: partner.website } }
slots: { id: { label: { en: Yours } }, it: { label: ours }, title: { label: { en: Title } } }
documents: { it: { source: { en: documents/a.pdf }, slots: { it: { kind: logo } } } }
`;
    const campaign = without.replaceAll(/\{ en: (\S+) \}/g, '{ en: $1, it: $1 }');
    const texts = { 'campaign.yaml': campaign };
    const unknown = problem({ code: 'locale-unknown', line: 1, message: 'it is not a locale of this campaign.' });
    expect(fixOf(unknown, texts)?.apply(texts)).toEqual({ 'campaign.yaml': without });
  });

  it('copies a text that a language lacks from the first one', () => {
    const message = 'The key welcome.text is missing; locales/en.yaml has it.';
    expect(fixed({ code: 'key-missing', file: 'locales/de.yaml', message })).toEqual({
      'locales/de.yaml': TEXTS['locales/de.yaml'].replace('Eins\n', 'Eins\n  text: Hello\n'),
    });
    expect(fixed({ code: 'locale-missing', message: 'summary has no text for de.' })).toEqual({
      'campaign.yaml': CAMPAIGN.replace('{ en: Text }', '{ en: Text, de: Text }'),
    });
  });

  it('writes a subject on one line', () =>
    expect(
      fixed({
        code: 'subject-line-break',
        file: 'locales/en.yaml',
        message: 'welcome.subject is a subject, and has a line break.',
      })?.['locales/en.yaml'],
    ).toContain('subject: "Two lines"'));

  it('adds a locked part that another e-mail has', () => {
    const message = 'The lock “legal” that campaign.yaml requires is missing.';
    const made = fixed({ code: 'lock-missing', file: 'emails/second.mjml', message });
    expect(made?.['emails/second.mjml']).toContain(
      '    <tc-lock name="legal"><mj-section></mj-section></tc-lock>\n  </mj-body>',
    );
  });

  it('puts a wait between two e-mails, and takes a wait at the end away', () => {
    const waiting = fixed({
      code: 'step-without-wait',
      message: 'The e-mail "two" follows the e-mail "one" without a wait.',
    });
    expect(waiting?.['campaign.yaml']).toMatch(
      /key: one.*# first\n\s+- \{ key: pause, wait: \{ days: 2 \} \}\n\s+- \{ key: two/,
    );
    const text = waiting?.['campaign.yaml'] ?? '';
    const undone = fixOf(problem({ code: 'step-pointless', message: 'Nothing comes after the wait "pause".' }), TEXTS);
    expect(undone?.apply({ ...TEXTS, 'campaign.yaml': text })).toEqual({ 'campaign.yaml': CAMPAIGN });
  });

  it('ends a sequence that runs on into another', () => {
    const message = 'After "one" comes "two", where the entry "answer" starts.';
    expect(fixed({ code: 'step-runs-on', message })?.['campaign.yaml']).toMatch(/key: one.*next: end/);
  });

  it('corrects the name of a link, where one is meant', () => {
    const message = 'There is no link called "dmo".';
    const remedy = 'Did you mean {{links.demo}}? Declare it';
    expect(
      fixed({ code: 'link-unknown', file: 'emails/second.mjml', message, remedy })?.['emails/second.mjml'],
    ).toContain('{{links.demo}}');
    expect(fixed({ code: 'link-unknown', message, remedy: 'Declare it' })).toBeUndefined();
  });

  it('is missing where an author decides', () => expect(fixed({ code: 'subject-length' })).toBeUndefined());
});

describe('the place of a check', () => {
  const at = (given: Partial<Problem>) => placeOf(problem(given), TEXTS);

  it('is the block in the builder', () => {
    const column = (WELCOME.split('\n')[1] ?? '').indexOf('<mj-image') + 1;
    const place = at({ code: 'alt-missing', file: 'emails/welcome.mjml', line: 2, column });
    expect(place).toEqual({
      tab: 'design',
      kind: 'email',
      key: 'welcome',
      locale: null,
      offset: WELCOME.indexOf('<mj-image'),
    });
  });

  it('is the block that shows a text, in its language, else the text’s row', () => {
    expect(at({ file: 'locales/en.yaml', line: 4 })).toEqual({
      tab: 'design',
      kind: 'email',
      key: 'welcome',
      locale: 'en',
      offset: WELCOME.indexOf('t "welcome.text"'),
    });
    expect(at({ file: 'locales/en.yaml', line: 3 })).toEqual({ tab: 'copy', search: 'welcome.subject' });
  });

  it.each([
    [3, { tab: 'details' }],
    [6, { tab: 'details' }],
    [13, { tab: 'sequence' }],
    [9, { tab: 'files' }],
  ])('is the form of line %d of campaign.yaml', (line, place) => expect(at({ line })).toEqual(place));
});
