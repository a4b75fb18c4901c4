import { declarationsOf, emailNameFault, localeFault, withLocale, withoutFile } from './new-files';

const CAMPAIGN = `# The autumn campaign
title: { en: Autumn, de: Herbst } # both
locales: [ en, de ]
emails:
  welcome: { source: emails/welcome.mjml, subject: welcome.subject, preheader: welcome.preheader }
documents:
  brochure: { source: { en: documents/b.en.pdf, de: documents/b.de.pdf }, title: brochure.title }
`;
const WELCOME = `<mjml><mj-head><mj-style>p{}</mj-style></mj-head><mj-body width="600px">
<mj-section></mj-section>
<tc-lock name="footer"><a href="{{links.unsubscribe}}">x</a></tc-lock>
</mj-body></mjml>`;
const TEXTS = {
  'campaign.yaml': CAMPAIGN,
  'emails/welcome.mjml': WELCOME,
  'locales/en.yaml': '# words\nwelcome: { subject: Hi }\n',
  'locales/de.yaml': 'welcome: { subject: Hallo }\n',
};

describe('a new e-mail', () => {
  it.each(['', '../welcome', 'a/b', 'Second', 'second.mjml', '-a', 'a-', 'zwölf', 'a'.repeat(61)])(
    'is not called %j',
    (name) => expect(emailNameFault(TEXTS, name)).toBe('form'),
  );

  it('needs a unique name and a readable campaign.yaml', () => {
    expect(emailNameFault(TEXTS, 'welcome')).toBe('taken');
    expect(emailNameFault({ ...TEXTS, 'emails/Other.mjml': '' }, 'other')).toBe('taken');
    expect(emailNameFault({ 'campaign.yaml': 'a: [' }, 'second')).toBe('unreadable');
    expect(emailNameFault(TEXTS, 'second')).toBeNull();
  });
});

describe('another language', () => {
  it('starts with copies of all texts of the first language', () => {
    const made = withLocale(TEXTS, 'fr');
    expect(made['locales/fr.yaml']).toBe(TEXTS['locales/en.yaml']);
    expect(made['campaign.yaml']).toContain('title: { en: Autumn, de: Herbst, fr: Autumn } # both');
    expect(made['campaign.yaml']).toContain('de: documents/b.de.pdf, fr: documents/b.en.pdf');
    expect(declarationsOf(made).locales).toEqual(['en', 'de', 'fr']);
  });

  it('leaves out labels of forms that the product has in it', () => {
    const words = '# words\nform: { firstName: First name, submit: Send }\n';
    const texts = { ...TEXTS, 'locales/en.yaml': words };
    expect(withLocale(texts, 'fr-CA')['locales/fr-CA.yaml']).toBe('# words\nform: { submit: Send }\n');
    expect(withLocale(texts, 'pl')['locales/pl.yaml']).toBe(words);
  });

  it.each(['', 'f', 'FR', 'pt_BR', '../fr', 'fr/x', 'fr.yaml'])('is not called %j', (tag) =>
    expect(localeFault(TEXTS, tag)).toBe('form'),
  );

  it('must be new, and may have a region', () => {
    expect(localeFault(TEXTS, 'de')).toBe('taken');
    expect(localeFault(TEXTS, 'pt-BR')).toBeNull();
  });
});

describe('a file that is removed', () => {
  it('removes the entry of its e-mail', () => {
    const second = '  second: { source: emails/second.mjml, subject: second.subject, preheader: second.preheader }\n';
    const campaign = CAMPAIGN.replace('documents:', `${second}documents:`);
    const made = withoutFile({ ...TEXTS, 'campaign.yaml': campaign, 'emails/second.mjml': '' }, 'emails/second.mjml');
    expect(made['emails/second.mjml']).toBeNull();
    expect(made['campaign.yaml']).toBe(CAMPAIGN);
  });

  it('removes its language', () => {
    const made = withoutFile({ ...TEXTS, ...withLocale(TEXTS, 'fr') }, 'locales/fr.yaml');
    expect(made).toEqual({ 'locales/fr.yaml': null, 'campaign.yaml': CAMPAIGN });
  });

  it('keeps a document of its language that another document has', () => {
    const sheet = '  sheet: { source: documents/b.de.pdf, title: sheet.title }\n';
    const campaign = CAMPAIGN + sheet;
    const only = withoutFile(TEXTS, 'locales/de.yaml');
    expect(only).toMatchObject({ 'locales/de.yaml': null, 'documents/b.de.pdf': null });
    const made = withoutFile({ ...TEXTS, 'campaign.yaml': campaign }, 'locales/de.yaml');
    expect(Object.keys(made).sort()).toEqual(['campaign.yaml', 'locales/de.yaml']);
    expect(made['campaign.yaml']).toContain('source: { en: documents/b.en.pdf }');
  });

  it('changes nothing else without an entry in campaign.yaml', () => {
    expect(withoutFile({ ...TEXTS, 'README.md': '' }, 'README.md')).toEqual({ 'README.md': null });
  });
});
