import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { campaignTexts, codeFaults, countByState, partsOf, translationsInto, translationState } from './index.js';

/** Text files of a sample campaign. */
function filesOf(name: string): Record<string, string> {
  const root = join('templates', name);
  const found: Record<string, string> = {};
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder))) {
      const path = folder === '' ? entry : `${folder}/${entry}`;
      if (statSync(join(root, path)).isDirectory()) visit(path);
      else if (/\.(?:yaml|mjml|html|svg)$/.test(path)) found[path] = readFileSync(join(root, path), 'utf8');
    }
  };
  visit('');
  return found;
}

const EDGE = filesOf('zero-trust-edge');

describe('inline codes', () => {
  it.each([
    ['Hello {{recipient.firstName}},', ['{{recipient.firstName}}']],
    ['One <b>bold</b> and<br/>one &amp; more', ['<b>', '</b>', '<br/>', '&amp;']],
    [
      '{{#when industry="finance"}}Bank{{else}}Firm{{/when}}',
      ['{{#when industry="finance"}}', '{{else}}', '{{/when}}'],
    ],
    ['5 < 6 and 7 > 3 & more', []],
  ])('of %s', (text, codes) => {
    expect(partsOf(text).flatMap((part) => (part.kind === 'code' ? [part.text] : []))).toEqual(codes);
  });

  it('are paired where they are nested', () => {
    const roles = partsOf('<b>a <i>b</b> c</i>').flatMap((part) => (part.kind === 'code' ? [part.role] : []));
    expect(roles).toEqual(['opens', 'alone', 'closes', 'alone']);
  });

  it('lose nothing of a text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('<b>', '</b>', '{{a.b}}', '&', '<', '{{', '}}'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(
          partsOf(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('codes of a translation', () => {
  const source = 'Hello {{recipient.firstName}}, <b>read</b> this';

  it.each([
    ['<b>Lesen</b> Sie das, {{recipient.firstName}}', null, null],
    ['<b>Lesen</b> Sie das', null, { missing: ['{{recipient.firstName}}'], unknown: [], unpaired: [] }],
    [
      '<b>Lesen</b> Sie, {{recipient.name}}',
      null,
      { missing: ['{{recipient.firstName}}'], unknown: ['{{recipient.name}}'], unpaired: [] },
    ],
    ['</b>Lesen<b> Sie, {{recipient.firstName}}', null, { missing: [], unknown: [], unpaired: ['</b>', '<b>'] }],
    // The translation before did not need the name.
    ['<b>Lesen</b> Sie das', { source, text: '<b>Lies</b> das' }, null],
    // The source before had no name.
    [
      '<b>Lesen</b> Sie das',
      { source: '<b>Read</b> this', text: '<b>Lies</b> das' },
      { missing: ['{{recipient.firstName}}'], unknown: [], unpaired: [] },
    ],
    ['Lesen&nbsp;Sie <b>das</b>, {{recipient.firstName}}', null, null],
  ])('%s', (text, before, faults) => {
    expect(codeFaults(source, text, before)).toEqual(faults);
  });
});

describe('the state of a translation', () => {
  const said = { source: 'Read', text: 'Lesen' };
  const record = { ...said, isReviewed: false };
  it.each([
    ['missing', { ...said, text: null, isUntranslated: false, record: null }],
    ['missing', { ...said, text: ' ', isUntranslated: false, record: null }],
    ['missing', { ...said, text: 'Read', isUntranslated: true, record: null }],
    [
      'draft',
      {
        source: 'Read',
        text: 'Read',
        isUntranslated: true,
        record: { source: 'Read', text: 'Read', isReviewed: false },
      },
    ],
    ['new', { ...said, isUntranslated: false, record: null }],
    ['draft', { ...said, isUntranslated: false, record }],
    ['reviewed', { ...said, isUntranslated: false, record: { ...record, isReviewed: true } }],
    ['outdated', { ...said, source: 'Read on', isUntranslated: false, record: { ...record, isReviewed: true } }],
    // Changed in another editor.
    ['new', { ...said, text: 'Weiterlesen', isUntranslated: false, record }],
  ])('%s', (state, translated) => {
    expect(translationState(translated)).toBe(state);
  });
});

describe('the texts of a campaign', () => {
  const texts = campaignTexts(EDGE);
  const placesIn = (key: string) => texts.texts.find((text) => text.key === key)?.places;

  it('are those of its catalogues and of campaign.yaml', () => {
    const keys = texts.texts.map(({ key }) => key);
    expect(texts.locales).toEqual(['en', 'de']);
    expect(keys).toContain('welcome.subject');
    expect(keys).toContain('campaign.yaml:summary');
    expect(keys.length).toBeGreaterThan(90);
  });

  it('know where they are shown, and how long they may be', () => {
    expect(placesIn('welcome.subject')).toEqual([{ kind: 'email', key: 'welcome', role: 'subject', maxChars: 70 }]);
    expect(placesIn('welcome.alt')).toContainEqual({ kind: 'email', key: 'welcome', role: 'picture' });
    expect(placesIn('welcome.button')).toEqual([{ kind: 'email', key: 'welcome', role: 'button' }]);
    expect(placesIn('welcome.title')).toEqual([{ kind: 'email', key: 'welcome', role: 'heading' }]);
    expect(placesIn('suggested.intro')).toEqual([{ kind: 'email', key: 'welcome', role: 'suggestion', maxChars: 280 }]);
    expect(placesIn('slots.intro-help')).toEqual([{ kind: 'email', key: 'welcome', role: 'slot-help' }]);
    expect(placesIn('common.hello')?.map(({ key }) => key)).toContain('welcome');
    expect(placesIn('social.announce.text')).toEqual([{ kind: 'social', key: 'announce', role: 'post' }]);
  });

  it('are all used somewhere', () => {
    for (const name of ['zero-trust-edge', 'cloud-cost-clarity']) {
      const unused = campaignTexts(filesOf(name)).texts.filter(({ places }) => places.length === 0);
      expect(unused.map(({ key }) => key)).toEqual([]);
    }
  });

  it('are new in a campaign that nobody has translated on the desk', () => {
    const counts = countByState(translationsInto(texts, 'de', []));
    expect(counts).toEqual({ missing: 0, outdated: 0, new: counts.new, draft: 0, reviewed: 0 });
    expect(counts.new).toBeGreaterThan(90);
  });

  it('are outdated when their source changes, in whatever editor', () => {
    const [translation] = translationsInto(texts, 'de', []);
    const { key = '', source = '', text = '' } = translation ?? {};
    const record = { locale: 'de', key, source: 'Having trouble?', text: text ?? '', isReviewed: true };
    expect(translationsInto(texts, 'de', [record])[0]).toMatchObject({
      state: 'outdated',
      source,
      sourceBefore: 'Having trouble?',
    });
  });

  it('of a file that cannot be read are left out, and the file is named', () => {
    const { broken } = campaignTexts({ ...EDGE, 'locales/de.yaml': 'a: "unclosed' });
    expect(broken).toEqual([{ file: 'locales/de.yaml', line: 1 }]);
  });
});
