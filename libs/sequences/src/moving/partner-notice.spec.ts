import { partnerNotice } from './partner-notice.js';

const URL = 'https://portal.example/contacts/1';
const to = (locale: string) => ({ email: 'x@partner.example', name: 'Ada', locale });
const notice = { kind: 'notify', url: URL, partner: 'Acme', locale: 'fr' } as const;

describe('a notice to a partner', () => {
  it.each([
    ['de-AT', { fr: 'Appelez.', de: 'Rufen Sie an.' }, 'Rufen Sie an.'],
    ['de-AT', { fr: 'Appelez.', en: 'Call.' }, 'Appelez.'],
    ['en-GB', { en: 'Call.', fr: 'Appelez.' }, 'Call.'],
  ])(
    'has the text of the vendor in the language of a reader of %s, else in that of the campaign',
    (locale, texts, said) => {
      const { text, html } = partnerNotice(to(locale), { ...notice, texts });
      expect(text).toContain(said);
      expect(html).toContain(`href="${URL}"`);
    },
  );

  it('escapes the text of the vendor', () => {
    const { html } = partnerNotice(to('en'), { ...notice, texts: { en: '<b>now</b>' } });
    expect(html).toContain('&lt;b&gt;now&lt;/b&gt;');
  });
});
