import { newId, type VendorId } from '#kernel';
import { versionLetter } from './version-letter.js';

const WORDS = { title: 'Any', words: { gone: [], new: [] } };
const FACTS = {
  vendor: { id: newId<VendorId>(), name: 'North & West' },
  title: '<b>Edge</b>\r\nBcc: x',
  number: 2,
  closesOn: '2027-03-05',
  difference: {
    emails: [{ key: 'welcome', change: 'changed' as const, ...WORDS }],
    pages: [],
    documents: [{ key: 'brochure', change: 'new' as const, ...WORDS }],
    social: [],
    sequence: true,
  },
};
const letterFor = (locale: string, changes: Partial<typeof FACTS> = {}) =>
  versionLetter({ email: 'x@partner.example', name: 'Ada', locale }, 'https://portal.example/activations/1', {
    ...FACTS,
    ...changes,
  });

describe('the mail about a newer version', () => {
  it.each([
    ['de-AT', 'Das ist anders: E-Mails, Dokumente und die Schritte oder ihre Zeiten.', '5. März 2027'],
    ['en-GB', 'What is different: e-mails, documents and the steps or their times.', '5 March 2027'],
    ['fr', 'What is different: e-mails, documents and the steps or their times.', '5 March 2027'],
  ])('says to a reader of %s what is different, and until when it can be launched', (locale, what, until) => {
    const { text } = letterFor(locale);
    expect(text).toContain(what);
    expect(text).toContain(until);
    expect(text).toContain('https://portal.example/activations/1');
  });

  it('says that there is nothing to see where nothing is', () => {
    const difference = { emails: [], pages: [], documents: [], social: [], sequence: false };
    expect(letterFor('en', { difference }).text).toContain('Nothing that your recipients see is different.');
  });

  it('shows a hostile title as text, and makes no header of it', () => {
    const { subject, html } = letterFor('en');
    expect(subject).toBe('Version 2 of “<b>Edge</b> Bcc: x” is out');
    expect(html).toContain('&lt;b&gt;Edge');
    expect(html).not.toContain('<b>');
  });
});
