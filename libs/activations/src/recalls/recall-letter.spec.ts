import type { AssetId } from '#assets';
import { newId, type VendorId } from '#kernel';
import { assetRecallLetter, recallLetter, type RecallNews } from './recall-letter.js';

const letter = (locale: string, changes: Partial<RecallNews['recall']>, news: Partial<RecallNews> = {}) =>
  recallLetter(
    { email: 'x@partner.example', name: 'Ada', locale },
    {
      kind: 'recalled',
      recall: {
        tactic: null,
        asset: null,
        locale: null,
        mode: 'stop',
        versionNumber: null,
        reason: 'Wrong price.',
        reversalReason: 'It was right.',
        ...changes,
      },
      runsIt: true,
      vendor: { id: newId<VendorId>(), name: 'Northwind' },
      item: {},
      titles: { en: 'Edge' },
      replacement: null,
      url: 'https://portal.example/activations/1',
      ...news,
    },
  );

describe('the e-mail about a recall', () => {
  it('says to whom the update reached before that its campaign goes on', () => {
    const { text: said, subject } = letter('en', { versionNumber: 1 }, { runsIt: false, replacement: 2 });
    expect(subject).toBe('Northwind has recalled “Edge, version 1”');
    expect(said).toContain('Your campaign runs another version by now, and goes on.');
    expect(said).not.toContain('which you can launch now');
  });

  it.each([
    ['en', {}, 'has recalled the campaign “Edge”. No more e-mails'],
    ['de', {}, 'hat die Kampagne „Edge“ zurückgerufen. Es werden keine'],
    ['en', { mode: 'finish' }, 'Contacts who have got an e-mail go on'],
    ['en', { tactic: { kind: 'document', key: 'brochure' } }, 'a document of the campaign “Edge”: “brochure”'],
    ['en', { asset: { id: newId<AssetId>(), title: 'Rack' } }, 'What shows “Rack” is neither sent nor shown'],
    ['de', { locale: 'fr' }, 'in einer Sprache zurückgerufen: Französisch'],
  ] as const)('says to a reader of %s what was recalled, and why: %j', (locale, changes, text) => {
    const { text: said } = letter(locale, changes);
    expect(said).toContain(text);
    expect(said).toContain('Wrong price.');
  });

  it('names what was recalled in the language of its reader', () => {
    const recall = { tactic: { kind: 'email', key: 'welcome' } } as const;
    const item = { en: 'Three questions', de: 'Drei Fragen' };
    expect(letter('en', recall, { item }).text).toContain('“Three questions”');
    expect(letter('de', recall, { item }).text).toContain('„Drei Fragen“');
  });

  it('names the version that follows', () => {
    expect(letter('en', { mode: 'replace' }, { replacement: 4 }).text).toContain('replaces it by version 4');
  });

  it('says that something downloaded was recalled', () => {
    const { subject, text } = assetRecallLetter(
      { email: 'x@partner.example', name: 'Ada', locale: 'de' },
      {
        vendor: { id: newId<VendorId>(), name: 'Northwind' },
        title: 'Rack',
        reason: 'Altes Logo.',
        url: 'https://x.example',
      },
    );
    expect(subject).toBe('Northwind hat „Rack“ zurückgerufen');
    expect(text).toContain('Verwenden Sie Ihre Kopien nicht mehr.');
    expect(text).toContain('Altes Logo.');
  });

  it('says that it was reversed, and why', () => {
    const { subject, text } = letter('en', {}, { kind: 'reversed' });
    expect(subject).toBe('Northwind has reversed the recall of “Edge”');
    expect(text).toContain('It was right.');
    expect(text).not.toContain('Wrong price.');
  });
});
