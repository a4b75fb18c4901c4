import { copyTable, subjectKeys, writeCopy } from './copy-table';

const ENGLISH = `# The reviewed copy
welcome:
  subject: Stop breaches at the edge # at most 60 characters
  body: 'Attackers need an hour: stop them.'
offer: { default: Ask us., button: Claim it }
`;
const GERMAN = `welcome:
  subject: Angriffe stoppen
offer: { default: Fragen Sie uns., extra: Nur hier }
`;

describe('the copy by language', () => {
  it('has a column per language, and marks missing texts', () => {
    const { rows, broken } = copyTable({ en: ENGLISH, de: GERMAN });
    expect(broken).toEqual([]);
    expect(rows.map(({ key, texts }) => [key, texts['de']])).toEqual([
      ['welcome.subject', 'Angriffe stoppen'],
      ['welcome.body', null],
      ['offer.default', 'Fragen Sie uns.'],
      ['offer.button', null],
      ['offer.extra', 'Nur hier'],
    ]);
  });

  it('names the line of an unreadable catalogue, and shows the others', () => {
    const { rows, broken } = copyTable({ en: ENGLISH, de: 'welcome:\n  subject: "open\n' });
    expect(broken).toEqual([{ locale: 'de', line: expect.any(Number) }]);
    expect(rows).toHaveLength(4);
  });

  it('changes one text and nothing else', () => {
    const written = writeCopy(ENGLISH, ['welcome', 'body'], 'They need “an hour”:\nstop them. #now');
    expect(copyTable({ en: written }).rows[1]!.texts['en']).toBe('They need “an hour”:\nstop them. #now');
    expect(written).toContain('# The reviewed copy');
    expect(written).toContain('# at most 60 characters');
    expect(written).toContain('offer: { default: Ask us., button: Claim it }');
  });

  it('adds a missing text to its group, or to a new group', () => {
    const written = writeCopy(writeCopy(GERMAN, ['welcome', 'body'], 'true'), ['page', 'title'], 'Seite');
    const { rows } = copyTable({ de: written });
    expect(rows.map(({ key, texts }) => `${key}=${texts['de'] ?? ''}`)).toEqual(
      expect.arrayContaining(['welcome.body=true', 'page.title=Seite']),
    );
  });

  it('knows which texts are subjects, and none in a file that cannot be read', () => {
    const campaign = 'emails:\n  welcome: { source: a.mjml, subject: welcome.subject, preheader: welcome.preheader }\n';
    expect([...subjectKeys(campaign)]).toEqual(['welcome.subject']);
    expect([...subjectKeys('emails: [')]).toEqual([]);
    expect([...subjectKeys('')]).toEqual([]);
  });
});
