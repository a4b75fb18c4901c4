import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { campaignTexts, type Translation, type TranslationRecord, translationsInto } from '#translation';
import { checkImport, type ImportedText } from './import-check.js';
import { checkXliff } from './index.js';
import { readXliff } from './read-xliff.js';
import { writeXliff } from './write-xliff.js';

const CAMPAIGN = 'zero-trust-edge';
const TARGET = { campaign: CAMPAIGN, sourceLocale: 'en', locale: 'fr' };

const translation = (
  key: string,
  source: string,
  text: string | null,
  rest: Partial<Translation> = {},
): Translation => ({
  key,
  path: key.split('.'),
  source,
  text,
  state: text === null ? 'missing' : 'draft',
  sourceBefore: null,
  places: [],
  note: null,
  ...rest,
});

/** The file of translations, as an agency returns it. */
const returned = (translations: readonly Translation[], change: (xml: string) => string | Uint8Array) => {
  const file = change(writeXliff({ ...TARGET, translations }));
  return typeof file === 'string' ? Buffer.from(file) : file;
};
const imported = (translations: readonly Translation[], change: (xml: string) => string | Uint8Array): ImportedText[] =>
  checkImport(readXliff(returned(translations, change)), { ...TARGET, translations });
const outcomes = (texts: readonly ImportedText[]): string[] => texts.map(({ outcome }) => outcome);

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

const WELCOME = [
  translation('welcome.subject', 'Read this, {{recipient.firstName}}', null, {
    places: [{ kind: 'email', key: 'welcome', role: 'subject', maxChars: 70 }],
  }),
  translation('welcome.text', 'It is <b>free of charge</b>.', 'C’est <b>gratuit</b>.'),
];

describe('an exported file', () => {
  it('has codes as elements, notes and the longest size', () => {
    const xml = writeXliff({ ...TARGET, translations: WELCOME });
    expect(xml).toContain('version="2.1" srcLang="en" trgLang="fr"');
    expect(xml).toContain(
      '<unit id="welcome.subject" name="welcome.subject" canResegment="no" slr:sizeRestriction="70">',
    );
    expect(xml).toContain('<note category="context">email welcome: subject</note>');
    expect(xml).toContain('<note category="length">At most 70 characters</note>');
    expect(xml).toContain('<data id="d1">{{recipient.firstName}}</data>');
    expect(xml).toContain(
      'Read this, <ph id="1" dataRef="d1" disp="{{recipient.firstName}}" type="ui" subType="xlf:var"/>',
    );
    expect(xml).toMatch(/<pc id="1" dataRefStart="d1" dataRefEnd="d2" [^>]*>gratuit<\/pc>\./);
    expect(xml).toContain('<segment state="initial">');
    expect(xml).toContain('<segment state="translated">');
  });

  it.each(['zero-trust-edge', 'cloud-cost-clarity'])('of %s comes back as it was, in each of its languages', (name) => {
    const texts = campaignTexts(filesOf(name));
    const [sourceLocale = '', ...others] = texts.locales;
    for (const locale of others) {
      const translations = translationsInto(texts, locale, []);
      const target = { campaign: name, sourceLocale, locale, translations };
      const document = readXliff(Buffer.from(writeXliff(target)));
      expect(document.units.map(({ source }) => source)).toEqual(
        expect.arrayContaining(translations.map((one) => one.source)),
      );
      const checked = checkImport(document, target);
      expect(checked.map(({ text }) => text).sort()).toEqual(translations.map(({ text }) => text).sort());
      expect(new Set(outcomes(checked))).toEqual(new Set(['unchanged']));
    }
  });

  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('مرحبًا ', '👩‍👩‍👧‍👦', '\u202e', ' \n\t', '\r\n', '&', '<', ']]>', '\u0001', '&nbsp;', '<br/>'),
    fc.constantFrom('{{partner.name}}', '<b>', '</b>', '{{#when industry="finance"}}', '{{else}}', '{{/when}}'),
  );
  const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('').replaceAll(/[\ufffe\uffff]/g, ''));

  it('gives any text back, whatever is in it', () => {
    fc.assert(
      fc.property(text, text, fc.string({ unit: 'binary', minLength: 1, maxLength: 9 }), (source, target, key) => {
        const [unit] = readXliff(
          Buffer.from(
            writeXliff({
              ...TARGET,
              translations: [translation(key.replaceAll(/[\ufffe\uffff\p{Cc}]/gu, '_'), source, target)],
            }),
          ),
        ).units;
        expect(unit).toMatchObject({ source, target, unknownCodes: [] });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file from a translator', () => {
  const done = (xml: string): string =>
    xml.replace(/(<source>Read this, (<ph [^>]*>)<\/source>\n)/, '$1          <target>$2, lisez ceci</target>\n');

  it('is taken with what is new', () => {
    const [subject, body] = imported(WELCOME, done);
    expect(subject).toMatchObject({ outcome: 'new', text: '{{recipient.firstName}}, lisez ceci' });
    expect(body).toMatchObject({ outcome: 'unchanged' });
  });

  it.each<[string, (xml: string) => string | Uint8Array]>([
    ['with Windows line ends', (xml) => done(xml).replaceAll('\n', '\r\n')],
    ['with a byte order mark', (xml) => `\ufeff${done(xml)}`],
    ['in UTF-16', (xml) => Buffer.from(`\ufeff${done(xml).replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    ['in XLIFF 2.0', (xml) => done(xml).replace('version="2.1"', 'version="2.0"')],
    [
      'with units in another order',
      (xml) => done(xml).replace(/(<group[^>]*>\n)([\s\S]*?)(\s*<\/group>)\s*(<group[\s\S]*?<\/group>)/, '$4$1$2$3'),
    ],
    [
      'with comments and elements of other modules',
      (xml) =>
        done(xml).replaceAll(
          '<segment',
          '<!-- x --><mda:metadata xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"><mda:metaGroup><mda:meta type="x">words</mda:meta></mda:metaGroup></mda:metadata><segment',
        ),
    ],
    [
      'with annotations',
      (xml) =>
        done(xml).replace(
          ', lisez ceci',
          ', <mrk id="m1" type="term">lisez</mrk><sm id="m2"/> ceci<em startRef="m2"/>',
        ),
    ],
    ['with codes that name no data', (xml) => done(xml).replace(/<target><ph [^>]*>/, '<target><ph id="1"/>')],
    [
      'with a text in two segments',
      (xml) =>
        done(xml).replace(
          /<source>Read this, (<ph [^>]*>)<\/source>\s*<target>(<ph [^>]*>), lisez ceci<\/target>\s*<\/segment>/,
          '<source>Read this, </source><target>$2, </target></segment><segment><source>$1</source><target>lisez ceci</target></segment>',
        ),
    ],
    [
      'with segments whose targets have another order',
      (xml) =>
        done(xml).replace(
          /<source>Read this, (<ph [^>]*>)<\/source>\s*<target>(<ph [^>]*>), lisez ceci<\/target>\s*<\/segment>/,
          '<source>Read this</source><target order="3">lisez ceci</target></segment><ignorable><source>, </source></ignorable><segment><source>$1</source><target order="1">$2</target></segment>',
        ),
    ],
    ['without indentation between elements', (xml) => done(xml).replaceAll(/>\n\s*</g, '><')],
    [
      'with other prefixes',
      (xml) =>
        done(xml)
          .replace('<xliff xmlns=', '<x:xliff xmlns:x=')
          .replace('</xliff>', '</x:xliff>')
          .replaceAll(/<(\/?)(file|group|unit|notes|note|originalData|data|segment|source|target|ph|pc)\b/g, '<$1x:$2'),
    ],
  ])('is read %s', (_, change) => {
    const subject = imported(WELCOME, change).find(({ key }) => key === 'welcome.subject');
    expect(subject).toMatchObject({ outcome: 'new', text: '{{recipient.firstName}}, lisez ceci' });
  });

  it.each<[string, string, object]>([
    ['without a field', '<target>Lisez ceci</target>', { code: 'code-missing', codes: ['{{recipient.firstName}}'] }],
    [
      'with a field of its own',
      '<target>$2 {{vendor.name}}</target>',
      { code: 'code-unknown', codes: ['{{vendor.name}}'] },
    ],
    ['with a tag of its own', '<target>$2 &lt;script&gt;</target>', { code: 'code-unknown', codes: ['<script>'] }],
    ['with a field twice', '<target>$2$2</target>', { code: 'code-unknown', codes: ['{{recipient.firstName}}'] }],
    ['with an unknown code', '<target>$2<ph id="9"/></target>', { code: 'code-unknown', codes: ['9'] }],
  ])('is refused %s', (_, target, problem) => {
    const [subject] = imported(WELCOME, (xml) =>
      xml.replace(/(<source>Read this, (<ph [^>]*>)<\/source>)/, `$1${target}`),
    );
    expect(subject).toMatchObject({ outcome: 'error', problems: [problem] });
  });

  it('changes states', () => {
    const reviewed = imported(WELCOME, (xml) => xml.replace('state="translated"', 'state="final"'));
    expect(reviewed[1]).toMatchObject({ outcome: 'restated', isReviewed: true });
  });

  it('does not count as a translation where a tool filled in the source', () => {
    const filled = imported(WELCOME, (xml) =>
      xml.replace(/<source>(Read this.*)<\/source>/, '<source>$1</source><target>$1</target>'),
    );
    expect(outcomes(filled)).toEqual(['empty', 'unchanged']);
  });

  it('is outdated where the source has changed since', () => {
    const file = readXliff(returned(WELCOME, done));
    const now = WELCOME.map((one) => ({ ...one, source: one.source.replace('Read', 'Open') }));
    expect(checkImport(file, { ...TARGET, translations: now })[0]).toMatchObject({
      outcome: 'outdated',
      source: 'Read this, {{recipient.firstName}}',
    });
  });

  it('is refused without a field that its source has got since', () => {
    const outdated = [
      translation('welcome.text', 'It is free, {{recipient.firstName}}', 'C’est gratuit', {
        state: 'outdated',
        sourceBefore: 'It is free',
      }),
    ];
    const answer = (target: string, state: string) =>
      imported(outdated, (xml) =>
        xml
          .replace(/<target>.*<\/target>/, `<target>${target}</target>`)
          .replace(/<segment state="initial" subState="[^"]*"/, `<segment state="${state}"`),
      )[0];
    const problems = [{ code: 'code-missing', codes: ['{{recipient.firstName}}'] }];
    expect(answer('Gratuit', 'translated')).toMatchObject({ outcome: 'error', problems });
    expect(answer('C’est gratuit', 'translated')).toMatchObject({ outcome: 'error', problems });
    const [untouched] = imported(outdated, (xml) => xml);
    expect(untouched).toMatchObject({ outcome: 'unchanged', problems: [] });
  });

  it('may have texts that the campaign no longer has', () => {
    expect(
      outcomes(checkImport(readXliff(returned(WELCOME, done)), { ...TARGET, translations: WELCOME.slice(1) })),
    ).toEqual(['unknown', 'unchanged']);
  });
});

describe('a file that cannot be used', () => {
  const code = (act: () => unknown): unknown => {
    try {
      act();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return null;
  };
  const xml = writeXliff({ ...TARGET, translations: WELCOME });
  it.each<[string, string, string]>([
    [
      'xliff.doctype',
      'entities that grow',
      `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${xml.replace(/<\?xml.*\?>\n/, '')}`,
    ],
    [
      'xliff.doctype',
      'an external entity',
      xml.replace('?>\n', '?>\n<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ],
    ['xliff.unreadable', 'an entity', xml.replace('Read this', '&x;')],
    ['xliff.unreadable', 'an element that is not closed', xml.replace('</unit>', '')],
    ['xliff.unreadable', 'half of it', xml.slice(0, xml.length / 2)],
    ['xliff.other-format', 'another format', '<html><body/></html>'],
    ['xliff.unreadable', 'no XML', 'key,text\na,b'],
    ['xliff.unreadable', 'nothing', ''],
    [
      'xliff.version',
      'XLIFF 1.2',
      '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>',
    ],
    [
      'xliff.order',
      'two segments in one place',
      xml.replace(
        /<target>C’est .*<\/target>\s*<\/segment>/,
        '<target order="2">a</target></segment><segment><source/><target>b</target></segment>',
      ),
    ],
    ['xliff.too-large', 'deep nesting', xml.replace('<source>Read', `<source>${'<pc id="7">'.repeat(80)}Read`)],
    [
      'xliff.other-campaign',
      'texts of another campaign',
      xml.replace('original="zero-trust-edge"', 'original="cloud"'),
    ],
    ['xliff.other-language', 'another language', xml.replace('trgLang="fr"', 'trgLang="de"')],
    ['xliff.other-language', 'another source language', xml.replace('srcLang="en"', 'srcLang="de"')],
  ])('%s: %s', (wanted, _, file) => {
    expect(code(() => checkImport(readXliff(Buffer.from(file)), { ...TARGET, translations: WELCOME }))).toBe(wanted);
  });

  it('is refused if it has more than 5 MB', async () => {
    const records: TranslationRecord[] = [];
    await expect(checkXliff({ files: {}, records }, CAMPAIGN, 'fr', Buffer.alloc(5_000_001, 32))).rejects.toMatchObject(
      { code: 'xliff.too-large' },
    );
  });

  it('in a wrong encoding is named', () => {
    expect(code(() => readXliff(Buffer.from([0x3c, 0x61, 0xff, 0x3e])))).toBe('xliff.encoding');
  });
});
