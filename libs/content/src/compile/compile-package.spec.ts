import { createHash } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import type { Locale, SourceProblem } from '#kernel';
import { CAMPAIGN_YAML, campaignFiles } from '../package/package.fixture.js';
import { compilePackage } from './compile-package.js';

const EN = 'en' as Locale;
const keep = async (bytes: Buffer): Promise<string> => createHash('sha256').update(bytes).digest('hex');
const compile = (changes: Readonly<Record<string, string | Buffer | null>> = {}) =>
  compilePackage({ files: campaignFiles(changes) }, keep);
const located = (problems: readonly SourceProblem[]): string[] =>
  problems.map(({ code, file, line }) => `${file}:${line ?? '-'} ${code}`);

async function compiled(changes: Readonly<Record<string, string | Buffer | null>> = {}) {
  const result = await compile(changes);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result;
}
async function problemsOf(
  changes: Readonly<Record<string, string | Buffer | null>>,
): Promise<readonly SourceProblem[]> {
  const result = await compile(changes);
  return result.ok ? [] : result.problems;
}
const masterWith = (from: string, to: string): string => {
  const master = campaignFiles().get('emails/welcome.mjml')!.toString();
  if (!master.includes(from)) throw new Error(`The fixture has no ${from}.`);
  return master.replace(from, to);
};

describe('compiling a package', () => {
  it('gives a master for each email and locale', async () => {
    const { compiled: campaign } = await compiled();
    expect(campaign.emails.map(({ key, masters }) => [key, Object.keys(masters).sort()])).toEqual([
      ['welcome', ['de', 'en']],
    ]);
    expect(campaign.emails[0]?.masters[EN]?.locks.map(({ name }) => name)).toEqual(['legal', 'footer']);
  });

  it('takes a campaign without an e-mail, and refuses one with nothing at all', async () => {
    const yaml = CAMPAIGN_YAML.replace(/emails:[^]*$/, '')
      .replace(/links:[^]*?locks:/, 'locks:')
      .replace('locks: [legal, footer]', 'locks: [legal]');
    const sequence = `sequence: { window: { from: '09:00', to: '17:00', weekdays: [mon] }, steps: [] }\n`;
    const { compiled: campaign } = await compiled({
      'campaign.yaml': `${yaml}pages:\n  landing: { source: pages/landing.html, title: welcome.title }\n${sequence}`,
      'pages/landing.html':
        '<!doctype html><html lang="en"><head><title>{{t "welcome.title"}}</title></head><body><main><h1>{{t "welcome.title"}}</h1><tc-lock name="legal"><p>{{t "legal"}}</p></tc-lock></main></body></html>',
      'emails/welcome.mjml': null,
    });
    expect([campaign.emails, campaign.pages.map(({ key }) => key)]).toEqual([[], ['landing']]);
    const problems = await problemsOf({ 'campaign.yaml': yaml + sequence });
    expect(problems.map(({ code }) => code)).toEqual(['campaign-empty']);
  });

  it('gives the same campaign for the same package', async () => {
    expect(JSON.stringify((await compiled()).compiled)).toBe(JSON.stringify((await compiled()).compiled));
  });

  it('advises on nothing where nothing is to be said', async () => {
    expect((await compiled()).warnings).toEqual([]);
  });

  it('knows the slots of the campaign with their suggested text per locale', async () => {
    const [slot] = (await compiled()).compiled.slots;
    expect(slot).toMatchObject({ name: 'offer', maxChars: 200, maxLines: 4, usedIn: ['emails.welcome'] });
    expect(slot?.default['de' as Locale]?.blocks[0]?.[0]?.text).toBe('Fragen Sie uns nach einer kostenlosen Analyse.');
  });

  it('has a slot’s label and help in each language, by keys of the catalogue', async () => {
    const label = (path: string, words: string): string =>
      `${campaignFiles().get(path)!.toString()}slots: { offer: "${words}", help: "${words} (help)" }\n`;
    const { compiled: campaign } = await compiled({
      'emails/welcome.mjml': masterWith('label="Your offer"', 'label="{{t "slots.offer"}}" help="{{t "slots.help"}}"'),
      'locales/en.yaml': label('locales/en.yaml', 'What’s on & why'),
      'locales/de.yaml': label('locales/de.yaml', 'Ihr Angebot'),
    });
    expect(campaign.slots[0]).toMatchObject({
      label: { en: 'What’s on & why', de: 'Ihr Angebot' },
      help: { en: 'What’s on & why (help)', de: 'Ihr Angebot (help)' },
    });
  });

  it('has a label of one language in all, and a slot of campaign.yaml by key or by words', async () => {
    const { compiled: campaign } = await compiled({
      'campaign.yaml': `${CAMPAIGN_YAML}slots:\n  more: { label: offer.button, maxChars: 90 }\n  less: { label: { en: Less, de: Weniger }, help: offer.default, maxChars: 90 }\n`,
    });
    expect(campaign.slots.map(({ name, label, help }) => [name, label, help])).toEqual([
      ['offer', { en: 'Your offer', de: 'Your offer' }, {}],
      ['more', { en: 'Claim the offer', de: 'Zum Angebot' }, {}],
      [
        'less',
        { en: 'Less', de: 'Weniger' },
        { en: 'Ask us for a free assessment.', de: 'Fragen Sie uns nach einer kostenlosen Analyse.' },
      ],
    ]);
  });

  it('names the label whose key no catalogue has', async () => {
    const problems = await problemsOf({
      'campaign.yaml': `${CAMPAIGN_YAML}slots:\n  more: { label: offer.buton, maxChars: 90 }\n`,
    });
    expect(located(problems)).toEqual(['campaign.yaml:20 key-unknown']);
    expect(problems[0]?.remedy).toContain('offer.button');
  });

  it('points at a script in a template', async () => {
    const problems = await problemsOf({
      'emails/welcome.mjml': masterWith(
        '<mj-text>{{t "welcome.body"}}',
        '<mj-text><script>alert(1)</script>{{t "welcome.body"}}',
      ),
    });
    expect(problems.some(({ file, line }) => file === 'emails/welcome.mjml' && line === 10)).toBe(true);
  });

  it('points at an unknown link in a template', async () => {
    const problems = await problemsOf({ 'emails/welcome.mjml': masterWith('{{links.demo}}', '{{links.dmo}}') });
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toContain('emails/welcome.mjml:12');
  });

  it.each([
    ['a required lock', '<tc-lock name="legal">', '<tc-lock name="terms">', 'lock-missing'],
    ['the unsubscribe link', '{{links.unsubscribe}}', '{{links.demo}}', 'unsubscribe-missing'],
    ['the postal address', '{{partner.address}}', '', 'postal-address-missing'],
  ])('is refused without %s', async (_, from, to, code) => {
    const problems = await problemsOf({ 'emails/welcome.mjml': masterWith(from, to) });
    expect(problems.map((problem) => problem.code)).toContain(code);
  });

  it.each([
    ['text on a button', "onPrimary: '#ffffff'", "onPrimary: '#0b5cae'", '8 brand-contrast'],
    ['a button under its text', "primary: '#0b5cad'", "primary: '#fefefe'", '8 brand-contrast'],
  ])('is refused for default colours in which %s cannot be read', async (_, from, to, expected) => {
    const problems = await problemsOf({ 'campaign.yaml': CAMPAIGN_YAML.replace(from, to) });
    expect(located(problems)).toContain(`campaign.yaml:${expected}`);
    expect(problems[0]?.message).toContain('In emails/welcome.mjml: “See it in 15 minutes” is in the brand’s');
    expect(problems[0]?.remedy).toMatch(/^Use #[0-9a-f]{6}, or/);
  });

  it('asks nothing of default colours that no text stands in', async () => {
    const unread = CAMPAIGN_YAML.replace("onSecondary: '#14213d'", "onSecondary: '#e8eef7'");
    expect((await compile({ 'campaign.yaml': unread })).ok).toBe(true);
  });

  it.each([
    [
      'in a template',
      { 'emails/welcome.mjml': masterWith('{{partner.address}}', '{{partner.adress}}') },
      'emails/welcome.mjml:22',
    ],
    [
      'in a catalogue',
      {
        'locales/en.yaml': campaignFiles()
          .get('locales/en.yaml')!
          .toString()
          .replace('legal: ', 'legal: Of {{partner.nmae}}. '),
      },
      'locales/en.yaml:8',
    ],
    [
      'in a condition',
      { 'emails/welcome.mjml': masterWith('{{t "legal"}}', '{{#when contry="DE"}}x{{/when}}') },
      'emails/welcome.mjml:17',
    ],
    [
      'in a link',
      { 'emails/welcome.mjml': masterWith('{{links.unsubscribe}}', '{{links.unsubscibe}}') },
      'emails/welcome.mjml:22',
    ],
    ['in a key', { 'emails/welcome.mjml': masterWith('"unsubscribe"', '"unsubscibe"') }, 'emails/welcome.mjml:22'],
  ])('tells a slip of the pen once, and what was meant: %s', async (_, changes, place) => {
    const problems = await problemsOf(changes);
    expect(new Set(problems.map(({ file, line }) => `${file}:${line}`))).toEqual(new Set([place]));
    expect(new Set(problems.map(({ code }) => code)).size).toBe(1);
    for (const { message, remedy } of problems)
      expect(`${message} ${remedy}`).toMatch(/Did you mean .{0,8}(?:partner\.|country|unsubscribe)/);
  });

  it.each([
    ['a template', 'emails/welcome.mjml', 'emails/welcome.mjml:10:18 text-not-utf8'],
    ['a catalogue', 'locales/en.yaml', 'locales/en.yaml:5:15 text-not-utf8'],
  ])('points at the first byte of another encoding in %s', async (_, path, place) => {
    const text = campaignFiles().get(path)!.toString();
    const at = path.endsWith('yaml') ? text.indexOf('ers need') : text.indexOf('{{t "welcome.body"');
    const bytes = Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xe4]), Buffer.from(text.slice(at))]);
    const problems = await problemsOf({ [path]: bytes });
    expect(problems.map(({ code, file, line, column }) => `${file}:${line}:${column} ${code}`)).toContain(place);
  });

  it('points at a slot that is a list here and paragraphs there', async () => {
    const other = masterWith('format="inline"', 'format="list"');
    const problems = await problemsOf({
      'emails/other.mjml': other.replaceAll('links="partner"', ''),
      'campaign.yaml': CAMPAIGN_YAML.replace(
        'emails:\n',
        'emails:\n  other: { source: emails/other.mjml, subject: welcome.subject, preheader: welcome.preheader }\n',
      ),
    });
    expect(located(problems)).toContain('emails/welcome.mjml:11 slot-differs');
  });

  it('says of a picture which source shows it', async () => {
    const problems = await problemsOf({
      'images/hero.png': 'no picture',
      'emails/welcome.mjml': masterWith(
        '<mj-text>{{t "welcome.body"}}',
        '<mj-image src="images/hero.png" alt="" /><mj-text>{{t "welcome.body"}}',
      ),
    });
    expect(problems.find(({ code }) => code === 'picture-type-wrong')?.message).toBe(
      'This file, shown in emails/welcome.mjml:10, is no picture, its name says image/png.',
    );
  });

  it('misses a file beside a field that is wrong, and no part that it left out itself', async () => {
    const problems = await problemsOf({
      'campaign.yaml': CAMPAIGN_YAML.replace('theme: security', 'themes: security')
        .replace('emails/welcome.mjml', 'emails/gone.mjml')
        .replace("target: 'https://www.northwind.example/edge/demo'", 'target: nowhere'),
    });
    expect(located(problems)).toContain('campaign.yaml:14 file-missing');
    expect(problems.map(({ code }) => code)).not.toContain('link-unknown');
  });

  it('tells the mistakes of all files in one answer', async () => {
    const problems = await problemsOf({
      'campaign.yaml': CAMPAIGN_YAML.replace('theme: security', 'themes: security'),
      'emails/welcome.mjml': masterWith('{{partner.address}}', '{{partner.adress}}'),
      'locales/de.yaml': campaignFiles().get('locales/de.yaml')!.toString().replace('legal:', 'leggal:'),
      'images/logo.png': 'no picture',
    });
    const files = new Set(problems.map(({ file }) => file));
    expect(files).toEqual(
      new Set(['campaign.yaml', 'emails/welcome.mjml', 'locales/de.yaml', 'locales/en.yaml', 'images/logo.png']),
    );
  });

  /**
   * One mistake for each stage of compilation: braces, fields, markup,
   * pictures, components, slots, field positions, gates.
   */
  const WRONG_MASTER = `<mjml>
  <mj-head>
    <mj-style>.note { background: url(https://x.example/y.png); }</mj-style>
  </mj-head>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>{{partner.name}</mj-text>
        <mj-text>{{partner.nmae}}</mj-text>
        <mj-text>{{t "welcome.boddy"}}</mj-text>
        <mj-text>{{brand.primary}}</mj-text>
        <mj-text><script>track()</script></mj-text>
        <mj-text><span onclick="x()">Hello</span></mj-text>
        <mj-text><h3>Too deep</h3></mj-text>
        <mj-image src="https://cdn.example/hero.jpg" alt="A hero" />
        <mj-image src="images/none.png" />
        <mj-button colour="red" href="{{links.demo}}">Go</mj-button>
        <mj-button href="{{links.dmeo}}">Go</mj-button>
        <mj-text><a href="https://www.northwind.example">Northwind</a></mj-text>
        <tc-partner-logo width="900px" height="60px" />
        <tc-slot name="Your Offer">Hello</tc-slot>
        <tc-slot name="more" max-chars="0">Hello</tc-slot>
        <mj-text>{{#when size="large"}}Large{{/when}}</mj-text>
        <mj-text>{{fallback partner.name "us"}} {{recipient.firstName}}</mj-text>
      </mj-column>
    </mj-section>
    <tc-when planet="mars"><mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section></tc-when>
    <tc-when industry="finance"><tc-lock name="legal"><mj-section><mj-column><mj-text>Locked</mj-text></mj-column></mj-section></tc-lock></tc-when>
    <tc-lock name="The Terms"><mj-section><mj-column><mj-text>Terms</mj-text></mj-column></mj-section></tc-lock>
  </mj-body>
</mjml>
`;

  it('tells every mistake of one file at once, of every kind, each with its place and the way out', async () => {
    const problems = (await problemsOf({ 'emails/welcome.mjml': WRONG_MASTER })).filter(
      ({ file }) => file === 'emails/welcome.mjml',
    );
    expect(problems.map(({ code, line }) => `${line} ${code}`)).toEqual(
      expect.arrayContaining([
        '3 style-refused',
        '8 template-syntax',
        '9 field-unknown',
        '10 copy-missing',
        '11 field-place',
        '12 tag-refused',
        '13 handler-refused',
        '14 heading-order',
        '15 picture-foreign',
        '16 picture-missing',
        '16 alt-missing',
        '17 mjml',
        '18 link-unknown',
        '19 href-literal',
        '20 logo-too-wide',
        '21 slot-name',
        '22 slot-limits',
        '23 when-condition',
        '24 fallback-field',
        '24 fallback-missing',
        '27 mjml',
        '28 lock-conditional',
        '29 lock-name',
        '5 lock-missing',
        '5 unsubscribe-missing',
        '5 postal-address-missing',
        '5 legal-name-missing',
      ]),
    );
    for (const { line, column, message, remedy } of problems) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).not.toBe('');
      expect(remedy).not.toBe('');
    }
  });

  it('tells no consequence of a mistake as another one', async () => {
    const problems = await problemsOf({
      'emails/welcome.mjml': masterWith('href="{{links.demo}}"', 'href="{{links.demo}"').replace(
        'color="{{brand.onPrimary}}" href="{{links.offer}}"',
        'color="{{brand.onPrimry}}" href="{{links.offer}}"',
      ),
    });
    expect(located(problems)).toEqual([
      'emails/welcome.mjml:12 template-syntax',
      'emails/welcome.mjml:13 field-unknown',
    ]);
  });

  it('tells the mistakes of a dozen kinds in every file of a package at once', async () => {
    const german = campaignFiles().get('locales/de.yaml')!.toString();
    const problems = await problemsOf({
      'campaign.yaml': CAMPAIGN_YAML.replace('theme: security', 'themes: security')
        .replace("target: 'https://www.northwind.example/edge/demo'", 'target: nowhere')
        .replace("to: '17:00'", "to: '08:00'"),
      'emails/welcome.mjml': WRONG_MASTER,
      'locales/de.yaml': german.replace('legal:', 'leggal:').replace('subject: ', `subject: ${'sehr '.repeat(15)}`),
      'images/logo.png': 'no picture',
    });
    const told = located(problems);
    expect(told).toEqual(
      expect.arrayContaining([
        'campaign.yaml:5 field-unknown',
        'campaign.yaml:10 field-invalid',
        'campaign.yaml:16 field-invalid',
        'emails/welcome.mjml:8 template-syntax',
        'emails/welcome.mjml:11 field-place',
        'emails/welcome.mjml:12 tag-refused',
        'emails/welcome.mjml:20 logo-too-wide',
        'emails/welcome.mjml:5 unsubscribe-missing',
        'images/logo.png:- picture-type-wrong',
        'locales/de.yaml:1 key-missing',
        'locales/de.yaml:2 subject-length',
        'locales/en.yaml:1 key-missing',
      ]),
    );
    // The link is declared, but its declaration is wrong.
    expect(told).not.toContain('emails/welcome.mjml:17 link-unknown');
  });

  it.each([
    ['campaign.yaml', { 'campaign.yaml': 'format: [broken' }, 'campaign.yaml:1 yaml-invalid'],
    ['a catalogue', { 'locales/en.yaml': 'legal: [broken' }, 'locales/en.yaml:1 yaml-invalid'],
    [
      'every catalogue',
      { 'locales/en.yaml': 'legal: [broken', 'locales/de.yaml': 'legal: [broken' },
      'locales/de.yaml:1 yaml-invalid',
    ],
  ])('looks at the mails, too, where %s cannot be read', async (_, changes, expected) => {
    const told = located(
      await problemsOf({ ...changes, 'emails/welcome.mjml': masterWith('{{partner.address}}', '{{partner.adress}}') }),
    );
    expect(told).toContain(expected);
    expect(told).toContain('emails/welcome.mjml:22 field-unknown');
    expect(told.join()).not.toMatch(/link-unknown|copy-missing|lock-missing/);
  });

  it('takes one page: links to a second would lead to the first', async () => {
    const definition = campaignFiles().get('campaign.yaml')!.toString();
    const page = '{ source: pages/landing.html, title: welcome.subject }';
    const second = definition.replace('sequence:', `pages:\n  landing: ${page}\n  second: ${page}\nsequence:`);
    const [told] = (await problemsOf({ 'campaign.yaml': second })).filter(({ message }) => message.includes('pages'));
    expect(told).toMatchObject({ severity: 'error', file: 'campaign.yaml', line: expect.any(Number) });
    expect(told?.remedy).toContain('Keep one');
  });

  it('points at the line of the catalogue that a subject stands in', async () => {
    const english = campaignFiles().get('locales/en.yaml')!.toString();
    const changes = {
      'locales/en.yaml': english
        .replace('subject: Stop', 'subject: "{{partner.nam}} Stop')
        .replace('at the edge\n', 'at the edge"\n'),
    };
    expect(located(await problemsOf(changes))).toEqual(['locales/en.yaml:2 field-unknown']);
  });

  it('warns of files and texts that nothing uses, and of a subject that is too long', async () => {
    const english = campaignFiles().get('locales/en.yaml')!.toString();
    const result = await compiled({
      'emails/old.mjml': '<mjml></mjml>',
      'locales/en.yaml': english.replace('subject: Stop', `subject: ${'Very '.repeat(15)}Stop`) + 'spare: x\n',
      'locales/de.yaml': campaignFiles().get('locales/de.yaml')!.toString() + 'spare: x\n',
    });
    expect(located(result.warnings)).toEqual([
      'emails/old.mjml:- file-unused',
      'locales/de.yaml:10 key-unused',
      'locales/en.yaml:2 subject-length',
      'locales/en.yaml:10 key-unused',
    ]);
  });

  it.each([
    ['typed', 'subject: "Stop\\nat once"'],
    ['of a block', 'subject: |\n    Stop'],
    ['of another script', 'subject: "Stop\\u2028at once"'],
  ])('refuses a line break in a subject, %s', async (_, subject) => {
    const english = campaignFiles().get('locales/en.yaml')!.toString();
    const line = /subject: Stop.*/.exec(english)?.[0] ?? '';
    const problems = await problemsOf({ 'locales/en.yaml': english.replace(line, subject) });
    expect(located(problems)).toContain('locales/en.yaml:2 subject-line-break');
  });

  it('keeps the pictures that masters show, by their hash', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const { compiled: campaign } = await compiled({
      'images/dot.png': png,
      'emails/welcome.mjml': masterWith(
        '<mj-text font-size="24px">',
        '<mj-image src="images/dot.png" alt="A dot" width="100px" /><mj-text font-size="24px">',
      ),
    });
    expect(campaign.images).toEqual({ 'images/dot.png': { hash: await keep(png), mediaType: 'image/png' } });
  });
});

describe('documents and posts of a package', () => {
  const SVG = (width: number, height: number): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#0b5cad"/>
<text x="60" y="560" font-size="40" fill="#ffffff">{{t "social.line"}}</text>
<rect id="tc:logo" x="60" y="40" width="300" height="100" data-surface="dark"/><rect id="tc:text:offer" x="60" y="200" width="700" height="200" data-max="60" data-size="64" data-color="#ffffff"/></svg>`;
  const YAML = `${CAMPAIGN_YAML}documents:
  brochure:
    source: documents/brochure.pdf
    title: brochure.title
    slots:
      logo: { kind: logo }
      offer: { kind: text, slot: offer }
      more: { kind: qr, link: demo }
social:
  announce:
    text: social.announce
    link: demo
    images: { landscape: social/landscape.svg, square: social/square.svg, story: social/story.svg }
`;
  const words = (path: string, [brochure, news, line]: readonly [string, string, string]): string =>
    `${campaignFiles().get(path)!.toString()}brochure: { title: ${brochure} }\nsocial: { announce: '${news} {{partner.name}}', line: ${line} }\n`;
  const EN_WORDS = words('locales/en.yaml', ['Brochure', 'News from', 'Zero trust']);

  const master = async (fields: readonly string[]): Promise<Buffer> => {
    const document = await PDFDocument.create();
    const page = document.addPage([595, 842]);
    const form = document.getForm();
    fields.forEach((name, at) =>
      form.createTextField(`tc.${name}`).addToPage(page, { x: 40, y: 100 + at * 120, width: 200, height: 90 }),
    );
    return Buffer.from(await document.save());
  };
  const whole = async (changes: Readonly<Record<string, string | Buffer | null>> = {}) => ({
    'campaign.yaml': YAML,
    'documents/brochure.pdf': await master(['logo', 'offer', 'more']),
    'social/landscape.svg': SVG(1200, 627),
    'social/square.svg': SVG(1080, 1080),
    'social/story.svg': SVG(1080, 1920),
    'locales/en.yaml': EN_WORDS,
    'locales/de.yaml': words('locales/de.yaml', ['Prospekt', 'Neues von', 'Kein Vertrauen']),
    ...changes,
  });

  it('are prepared in each locale, and fill the same slot as the emails', async () => {
    const { compiled: campaign, warnings } = await compiled(await whole());
    expect(campaign.documents[0]).toMatchObject({ key: 'brochure', title: { en: 'Brochure' } });
    expect(Object.keys(campaign.documents[0]!.prepared).sort()).toEqual(['de', 'en']);
    expect(Object.keys(campaign.social[0]!.prepared[EN]!)).toEqual(['landscape', 'square', 'story']);
    expect(campaign.slots).toMatchObject([
      { name: 'offer', maxChars: 60, usedIn: ['emails.welcome', 'documents.brochure', 'social.announce'] },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    [
      'a document without the field of a slot',
      async () => ({ 'documents/brochure.pdf': await master(['logo', 'offer']) }),
      'campaign.yaml:26:13 pdf-slot-missing',
    ],
    [
      'a document that is none',
      async () => ({ 'documents/brochure.pdf': 'hello' }),
      'documents/brochure.pdf:- pdf-broken',
    ],
    [
      'a slot without a description',
      async () => ({ 'campaign.yaml': YAML.replace('slot: offer', 'slot: prize') }),
      'campaign.yaml:25:34 slot-unknown',
    ],
    [
      'an unknown link',
      async () => ({ 'campaign.yaml': YAML.replace('kind: qr, link: demo', 'kind: qr, link: dmo') }),
      'campaign.yaml:26:31 link-unknown',
    ],
    [
      'a script in a picture',
      async () => ({ 'social/square.svg': SVG(1080, 1080).replace('</svg>', '<script/></svg>') }),
      'social/square.svg:3 svg-refused',
    ],
    [
      'a field in a post',
      async () => ({ 'locales/en.yaml': EN_WORDS.replace('{{partner.name}}', '{{recipient.email}}') }),
      'locales/en.yaml:11 field-unknown',
    ],
  ])('are refused for %s', async (_, changes, expected) => {
    const problems = await problemsOf(await whole(await changes()));
    const [place, code] = expected.split(' ');
    const parts = place!.split(':').length;
    expect(
      problems.map(
        (problem) => `${[problem.file, problem.line ?? '-', problem.column].slice(0, parts).join(':')} ${problem.code}`,
      ),
    ).toContain(`${place} ${code}`);
  });
});
