import type { Locale } from '#kernel';
import { anEmail, aRecipient, partnerValues, POLICY, withSource } from './email.fixture.js';
import {
  bake,
  buildMime,
  checkSlot,
  compileMaster,
  conditionFieldsOf,
  markSlots,
  type Master,
  type MasterInput,
  masterOfPartner,
  missingFields,
  type Personal,
  personalise,
  prepareMime,
  simpleVariantsOf,
  slotFromText,
  variantOf,
} from './index.js';

const compiled = async (input: MasterInput): Promise<Master> => {
  const result = await compileMaster(input);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.master;
};
const codesOf = async (input: MasterInput): Promise<string[]> => {
  const result = await compileMaster(input);
  return result.ok ? [] : result.problems.map(({ code }) => code);
};
/** What a recipient gets when the partner wrote or chose this. */
function sent(master: Master, words: Readonly<Record<string, string>> = {}, industry = 'finance'): Personal {
  const slots = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, slotFromText(text)]));
  const baked = bake(master, partnerValues({ slots }), POLICY);
  if (!baked.ok) throw new Error(JSON.stringify(baked.problems));
  const result = personalise(baked.baked, aRecipient({ industry }), POLICY);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.message;
}
/** Blanks between tags depend on markers. Readers do not see them. */
const markupOf = ({ html }: Personal): string => html.replaceAll(/>\s+</g, '><');
const refused = (master: Master, words: Readonly<Record<string, string>>): string[] => {
  const slots = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, slotFromText(text)]));
  const baked = bake(master, partnerValues({ slots }), POLICY);
  return baked.ok ? [] : baked.problems.map(({ code, path }) => `${code} ${path}`);
};

const inColumn = (markup: string): MasterInput =>
  withSource((source) => source.replace('<tc-slot', `${markup}<tc-slot`));
const text = (words: string): string => `<mj-text>${words}</mj-text>`;
const section = (words: string): string => `<mj-section><mj-column>${text(words)}</mj-column></mj-section>`;
const inBody = (markup: string): MasterInput =>
  withSource((source) => source.replace('  </mj-body>', `${markup}</mj-body>`));

const BUTTON =
  '<tc-button name="cta" label="Your button" max-chars="20" links="partner" href="{{links.demo}}">Book it</tc-button>';
const CHOICE = `<tc-choice name="proof" label="Proof"><tc-option name="study" label="Study">${text('A study')}</tc-option><tc-option name="quote" label="Quote">${text('A quote')}</tc-option></tc-choice>`;

describe('a button of the partner', () => {
  it('has the vendor’s words and link until the partner writes its own, and all its attributes', async () => {
    const master = await compiled(inColumn(BUTTON));
    expect(master.slots.filter(({ name }) => name.startsWith('cta'))).toMatchObject([
      { name: 'cta', format: 'plain', maxChars: 20, maxLines: 1, links: 'none' },
      { name: 'cta.link', format: 'link', label: 'Your button' },
    ]);
    const asIs = sent(master);
    expect(asIs.text).toContain('Book it [https://go.northwind.example/l/abc]');
    const own = sent(master, { cta: 'Call us', 'cta.link': 'https://shop.brightwater.example/offer' });
    expect(own.html).toMatch(/<a href="https:\/\/shop\.brightwater\.example\/offer"[^>]*> ?Call us ?<\/a>/);
    expect(own.text).toContain('Call us [https://shop.brightwater.example/offer]');
    expect(own.html).not.toContain('Book it');
  });

  it('looks like a button of the vendor', async () => {
    const button = (tag: string, more: string) =>
      inColumn(`<${tag} ${more} background-color="#102030" href="{{links.demo}}">Book it</${tag}>`);
    const own = sent(await compiled(button('tc-button', 'name="cta" label="Button"')));
    expect(own.html).toBe(sent(await compiled(button('mj-button', ''))).html);
  });

  it.each([
    ['http://www.brightwater.example/', 'url-not-https'],
    ['javascript:alert(1)', 'url-not-https'],
    ['https://evil.example/', 'url-host-unknown'],
    ['https://user@www.brightwater.example/', 'url-hidden-parts'],
  ])('does not link to %s', async (address, code) => {
    const master = await compiled(inColumn(BUTTON));
    expect(refused(master, { 'cta.link': address })).toEqual([`${code} slot.cta.link`]);
  });

  it('has one line within its limit', async () => {
    const master = await compiled(inColumn(BUTTON));
    expect(refused(master, { cta: 'Book a demonstration of it' })).toEqual(['text-too-long slot.cta']);
    expect(refused(master, { cta: 'Book\nit' })).toEqual(['slot-lines slot.cta']);
  });
});

const PICTURE =
  '<tc-picture name="hero" label="Your picture" help="Show your team." ratio="3:2" min-width="800" src="images/hero.jpg" alt="A network map" width="400px" href="{{links.demo}}" />';
const OWN = 'https://go.northwind.example/b/ee.jpg';

describe('a picture of the partner', () => {
  it('takes the place of the vendor’s, with its own alt text, in one of two forms', async () => {
    const master = await compiled(inColumn(PICTURE));
    expect(master.slots.filter(({ name }) => name.startsWith('hero'))).toMatchObject([
      {
        name: 'hero.picture',
        format: 'picture',
        label: 'Your picture',
        help: 'Show your team.',
        picture: { ratio: [3, 2], minWidth: 800, suggested: 'images/hero.jpg' },
      },
      { name: 'hero.alt', format: 'alt', label: 'Your picture' },
    ]);
    const asIs = sent(master);
    expect(asIs.html).toMatch(/<img alt="A network map" src="https:\/\/go\.northwind\.example\/b\/dd\.jpg"/);
    expect(asIs.html).not.toContain(OWN);
    const own = sent(master, { 'hero.picture': OWN, 'hero.alt': 'Our "team" & office' });
    expect(own.html).toContain(`<img alt="Our &quot;team&quot; &amp; office" src="${OWN}"`);
    expect(own.html).not.toContain('A network map');
    expect(
      own.html
        .replace(OWN, 'https://go.northwind.example/b/dd.jpg')
        .replace(/Our &quot;team&quot; &amp; office/, 'A network map'),
    ).toBe(asIs.html);
  });

  it('looks like a picture of the vendor', async () => {
    const image = (tag: string, more: string) =>
      inColumn(`<${tag} ${more} border-radius="8px" width="400px" src="images/hero.jpg" alt="A map" />`);
    const own = sent(await compiled(image('tc-picture', 'name="hero" label="Picture"')));
    const body = (message: Personal): string => markupOf(message).replace(/^.*<body/s, '');
    expect(body(own)).toBe(body(sent(await compiled(image('mj-image', '')))));
  });

  it('is one picture for the canvas of previews, marked by its slot', async () => {
    const marked = markSlots(await compiled(inColumn(PICTURE)));
    const chosen: Readonly<Record<string, string>> = { 'hero.picture': OWN, 'hero.alt': 'Us' };
    for (const words of [{}, chosen])
      expect(sent(marked, words).html.match(/<img [^>]*data-slot="hero.picture">/g)).toHaveLength(1);
  });

  it.each([
    ['a host of others', 'https://evil.example/b/ee.jpg', 'Us', ['url-not-own slot.hero.picture']],
    ['a script', 'javascript:alert(1)', 'Us', ['url-not-own slot.hero.picture']],
    ['a web address as its text', OWN, 'See www.evil.example', ['text-url slot.hero.alt']],
    ['two lines', OWN, 'One\nTwo', ['text-lines slot.hero.alt']],
  ])('is refused with %s', async (_, picture, alt, problems) => {
    const master = await compiled(inColumn(PICTURE));
    expect(refused(master, { 'hero.picture': picture, 'hero.alt': alt })).toEqual(problems);
  });

  it.each([
    ['no name', PICTURE.replace('name="hero"', ''), 'slot-name'],
    ['no alt text of the vendor', PICTURE.replace(' alt="A network map"', ''), 'alt-missing'],
    ['a shape that is none', PICTURE.replace('3:2', '3:0'), 'picture-limits'],
    ['a shape like a line', PICTURE.replace('3:2', '60:1'), 'picture-limits'],
    ['a width that no picture has', PICTURE.replace('800', '4000'), 'picture-limits'],
    [
      'a picture of another server',
      PICTURE.replace('images/hero.jpg', 'https://evil.example/a.jpg'),
      'picture-foreign',
    ],
  ])('is not published with %s', async (_, markup, code) => {
    expect(await codesOf(inColumn(markup))).toEqual([code]);
  });

  it('is asked for by the name of a cut', () => {
    const rule = {
      name: 'hero.picture',
      label: 'Your picture',
      format: 'picture',
      links: 'none',
      maxChars: 200,
      maxLines: 1,
      required: false,
      default: slotFromText(''),
    } as const;
    const codes = (text: string) => checkSlot(rule, slotFromText(text), POLICY).map(({ code }) => code);
    expect(codes(`${'a'.repeat(64)}.jpg`)).toEqual([]);
    expect(codes('')).toEqual([]);
    expect(codes(OWN)).toEqual(['slot-picture']);
    expect(codes(`${'a'.repeat(64)}.svg`)).toEqual(['slot-picture']);
  });
});

describe('a block for one kind of screen', () => {
  it('is hidden by a rule that only e-mails with such a block have', async () => {
    const hidden = sent(await compiled(inColumn('<mj-text css-class="hide-on-phone">Wide</mj-text>')));
    expect(hidden.html).toMatch(/max-width:479px\) ?\{ ?\.hide-on-phone ?\{ ?display:none ?!important/);
    expect(hidden.html).toMatch(/<td[^>]*class="hide-on-phone"/);
    expect(hidden.html).not.toContain('.hide-on-desktop');
    expect(sent(await compiled(anEmail())).html).not.toContain('hide-on');
    const single = sent(await compiled(inColumn("<mj-text css-class='hide-on-phone'>Wide</mj-text>")));
    expect(single.html).toMatch(/\.hide-on-phone ?\{ ?display:none/);
  });

  it('never has what the law demands, unless that is elsewhere too', async () => {
    const footer = '<tc-lock name="footer"><mj-section';
    const hidden = withSource((source) => source.replace(footer, `${footer} css-class="fine hide-on-desktop"`));
    expect(await codesOf(hidden)).toEqual(['screen-required', 'screen-required', 'screen-required']);
    const twice = '<mj-text css-class="hide-on-phone">{{partner.legalName}}, {{partner.address}}</mj-text>';
    expect(await codesOf(inColumn(twice))).toEqual([]);
  });

  it.each([
    ['an element', '<mj-text css-class="hide-on-phone hide-on-desktop">Gone</mj-text>'],
    ['two elements', '<mj-raw><div class="hide-on-phone"><p class="hide-on-desktop">Gone</p></div></mj-raw>'],
  ])('is shown somewhere: not with both classes on %s', async (_, markup) => {
    expect(await codesOf(inColumn(markup))).toEqual(['screen-none']);
  });
});

describe('a choice of the partner', () => {
  it.each([
    ['in a column', inColumn(CHOICE)],
    [
      'between sections',
      inBody(
        `<tc-choice name="proof" label="Proof"><tc-option name="study" label="Study">${section('A study')}</tc-option><tc-option name="quote" label="Quote">${section('A quote')}</tc-option></tc-choice>`,
      ),
    ],
  ])('shows one option in both parts: %s', async (_, input) => {
    const master = await compiled(input);
    expect(master.slots.find(({ name }) => name === 'proof')).toMatchObject({
      format: 'choice',
      options: [
        { name: 'study', label: 'Study' },
        { name: 'quote', label: 'Quote' },
      ],
      default: { blocks: [[{ text: 'study' }]] },
    });
    for (const [chosen, there, absent] of [
      ['study', 'A study', 'A quote'],
      ['quote', 'A quote', 'A study'],
    ] as const) {
      const { html, text: words } = sent(master, { proof: chosen });
      expect([html, words].every((part) => part.includes(there) && !part.includes(absent))).toBe(true);
    }
    expect(refused(master, { proof: 'none' })).toEqual(['slot-choice slot.proof']);
  });

  it('has the markup of the same e-mail without it', async () => {
    const chosen = sent(await compiled(inColumn(CHOICE)), { proof: 'quote' });
    expect(markupOf(chosen)).toBe(markupOf(sent(await compiled(inColumn(text('A quote'))))));
  });

  it('can hide a block of a column, without the space around it, and a section', async () => {
    const optional = (markup: string) => `<tc-optional name="extra" label="Extra">${markup}</tc-optional>`;
    for (const [place, markup] of [
      [inColumn, text('Extra words')],
      [inBody, section('Extra words')],
    ] as const) {
      const master = await compiled(place(optional(markup)));
      expect(markupOf(sent(master))).toBe(markupOf(sent(await compiled(place(markup)))));
      expect(markupOf(sent(master, { extra: 'hidden' }))).toBe(markupOf(sent(await compiled(place('')))));
    }
  });

  it('may be for e-mails of one language, which needs no answer of a recipient', async () => {
    const markup = `<tc-when language="de|fr">${text('Guten Tag')}<tc-else>${text('Good day to you')}</tc-else></tc-when>`;
    for (const [locale, there, absent] of [
      ['en', 'Good day to you', 'Guten Tag'],
      ['fr-CA', 'Guten Tag', 'Good day to you'],
    ] as const) {
      const source = inColumn(markup).source.replace('Guten Tag{{else}}', 'Hallo{{else}}');
      const master = await compiled({ ...anEmail({ source }), locale: locale as Locale });
      const { html, text: words } = sent(master);
      expect([html, words].every((part) => part.includes(there) && !part.includes(absent))).toBe(true);
    }
  });

  it('is no condition on recipients, and may stand within one', async () => {
    const within = `<tc-when industry="finance"><tc-optional name="extra" label="Extra">${text('For lenders')}</tc-optional></tc-when>`;
    const master = await compiled(inColumn(within));
    expect(conditionFieldsOf(master).map(({ field }) => field)).toEqual(['industry', 'country']);
    expect(simpleVariantsOf(master).some((name) => name.includes('slot'))).toBe(false);
    expect(sent(master).html).toContain('For lenders');
    expect(sent(master, {}, 'retail').html).not.toContain('For lenders');
    expect(sent(master, { extra: 'hidden' }).html).not.toContain('For lenders');
  });

  it.each([
    ['no language', ''],
    ['an empty language', 'de|'],
    ['what is no tag', 'de, fr'],
    ['a wildcard', '*'],
  ])('is refused for %s', async (_, language) => {
    expect(await codesOf(inColumn(`<tc-when language="${language}">${text('Hallo')}</tc-when>`))).toContain(
      'when-language',
    );
  });

  it.each([
    ['bold', [[{ text: 'quote', bold: true }]]],
    ['a link', [[{ text: 'quote', href: 'https://www.brightwater.example/' }]]],
    ['two runs', [[{ text: 'quo' }, { text: 'te' }]]],
    ['an empty paragraph', [[{ text: 'quote' }], []]],
    ['nothing', []],
  ])('is one word without styles: not %s', async (_, blocks) => {
    const master = await compiled(inColumn(CHOICE));
    const baked = bake(master, partnerValues({ slots: { proof: { kind: 'paragraphs', blocks } } }), POLICY);
    expect(baked.ok ? [] : baked.problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['slot-bare slot.proof']);
  });

  it.each([
    ['a hidden block', 'tc-optional', 'hidden'],
    ['an option that is not chosen', 'tc-choice', 'quote'],
  ])('names the variant without the conditions in %s', async (_, tag, chosen) => {
    const within = `<tc-when industry="finance">${text('For {{recipient.firstName}}')}</tc-when>`;
    const markup =
      tag === 'tc-optional'
        ? `<tc-optional name="event" label="Event">${within}</tc-optional>`
        : `<tc-choice name="event" label="Event"><tc-option name="study">${within}</tc-option><tc-option name="quote">${text('A quote')}</tc-option></tc-choice>`;
    const email = inColumn(markup);
    const master = await compiled({
      ...email,
      source: email.source.replace(/<tc-when industry="finance\|insurance">.*<\/tc-when>/, ''),
    });
    const recipient = aRecipient({ industry: 'finance', firstName: null });
    const expected = (words: Readonly<Record<string, string>>, variant: string, missing: readonly string[]) => {
      const slots = Object.fromEntries(Object.entries(words).map(([name, word]) => [name, slotFromText(word)]));
      const own = masterOfPartner(master, slots);
      expect(variantOf(own, recipient)).toBe(variant);
      expect(missingFields(own, recipient)).toEqual(missing);
      const baked = bake(master, partnerValues({ slots }), POLICY);
      if (!baked.ok) throw new Error(JSON.stringify(baked.problems));
      const mime = { messageId: 'm', headers: [] };
      const built = buildMime(prepareMime(baked.baked), recipient, POLICY, (subject) => subject, mime);
      expect(built.ok ? built.variant : built.problems.map(({ path }) => path)).toEqual(
        missing.length === 0 ? variant : missing,
      );
    };
    expected({ event: chosen }, 'en; country=DE', []);
    expected({}, 'en; country=DE; industry=finance', ['recipient.firstName']);
  });

  it.each([
    [
      'one option',
      '<tc-choice name="proof" label="P"><tc-option name="a"><mj-text>A</mj-text></tc-option></tc-choice>',
      'choice-options',
    ],
    ['a section in a column', `<tc-optional name="extra" label="E">${section('A')}</tc-optional>`, 'branch-content'],
    ['no name', '<tc-optional label="E"><mj-text>A</mj-text></tc-optional>', 'slot-name'],
    ['a button without a name', '<tc-button label="B" href="{{links.demo}}">A</tc-button>', 'slot-name'],
  ])('is refused with %s', async (_, markup, code) => {
    expect(await codesOf(inColumn(markup))).toContain(code);
  });

  it.each([
    ['a switch', 'tc-optional name="extra" label="Extra"', 'tc-optional'],
    ['a condition', 'tc-when industry="finance"', 'tc-when'],
  ])('does not take the legal links away: in %s', async (_, opening, name) => {
    const links = text('<a href="{{links.privacy}}">Privacy</a> <a href="{{links.imprint}}">Imprint</a>');
    const footers = async (markup: string): Promise<boolean> =>
      sent(await compiled(inColumn(markup))).html.includes('class="tc-legal"');
    expect(await footers(`<${opening}>${links}</${name}>`)).toBe(true);
    expect(await footers(links)).toBe(false);
  });

  it.each([
    ['a switch', `<tc-optional name="extra" label="Extra">${text('Extra')}</tc-optional>`],
    ['a button with a link of theirs', BUTTON],
    ['a picture of theirs', PICTURE],
  ])('is not within a lock: %s', async (_, markup) => {
    const lock = '<tc-lock name="legal"><mj-section><mj-column>';
    expect(await codesOf(withSource((source) => source.replace(lock, lock + markup)))).toEqual(['lock-choice']);
  });

  it('cannot hide what every recipient must get', async () => {
    const source = anEmail()
      .source.replace('<tc-lock name="footer">', '<tc-optional name="footer" label="Footer">')
      .replace('</mj-section></tc-lock>\n  </mj-body>', '</mj-section></tc-optional>\n  </mj-body>');
    expect(await codesOf(anEmail({ source, requiredLocks: [] }))).toEqual(
      expect.arrayContaining(['unsubscribe-missing', 'postal-address-missing', 'legal-name-missing']),
    );
  });
});

const aPage = (body: string, changes: Partial<MasterInput> = {}): MasterInput =>
  anEmail({
    kind: 'page',
    file: 'pages/landing.html',
    source: `<!doctype html><html><head></head><body>${body}</body></html>`,
    requiredLocks: [],
    subject: 'Landing page',
    preheader: '',
    ...changes,
  });

describe('what partners change on a page', () => {
  it('a button has the vendor’s words and link until the partner writes its own', async () => {
    const button =
      '<tc-button name="cta" label="Your button" max-chars="20" links="partner" class="big" style="color: #123456" href="{{links.demo}}" formaction="x">Book it</tc-button>';
    const master = await compiled(aPage(`<p>${button}</p>`));
    expect(master.slots).toMatchObject([
      { name: 'cta', format: 'plain', maxChars: 20, maxLines: 1, links: 'none' },
      { name: 'cta.link', format: 'link', label: 'Your button' },
    ]);
    expect(sent(master).html).toContain(
      '<p><a href="https://go.northwind.example/l/abc" class="big" style="color: #123456">Book it</a></p>',
    );
    const own = sent(master, { cta: 'Call <us>', 'cta.link': 'https://shop.brightwater.example/offer' });
    expect(own.html).toContain(
      '<p><a href="https://shop.brightwater.example/offer" class="big" style="color: #123456">Call &lt;us&gt;</a></p>',
    );
    expect(refused(master, { 'cta.link': 'http://evil.example/' })).not.toEqual([]);
  });

  it('a picture has the vendor’s until the partner shows its own', async () => {
    const picture =
      '<tc-picture name="hero" label="Your picture" ratio="3:2" class="wide" style="width: 100%" src="images/hero.jpg" alt="A map" onload="a()"></tc-picture>';
    expect(await codesOf(aPage(picture))).toEqual(['handler-refused']);
    const master = await compiled(aPage(`<main>${picture.replace(' onload="a()"', '')}</main>`));
    const look = ' class="wide" style="width: 100%"';
    expect(sent(master).html).toContain(
      `<main><img src="https://go.northwind.example/b/dd.jpg" alt="A map"${look}></main>`,
    );
    const own = sent(master, { 'hero.picture': OWN, 'hero.alt': 'Our <team>' });
    expect(own.html).toContain(`<main><img src="${OWN}" alt="Our &lt;team&gt;"${look}></main>`);
  });

  it('a choice shows one variant, and a switch shows or hides its content', async () => {
    const choice =
      '<tc-choice name="proof" label="Proof"><tc-option name="a" label="A"><p>One</p></tc-option> <tc-option name="b" label="B"><p>Two</p></tc-option><tc-option name="c" label="C"><tc-when industry="finance"><p>Three</p></tc-when></tc-option></tc-choice>';
    const optional = '<tc-optional name="event" label="Event"><section><p>Meet us</p></section></tc-optional>';
    const master = await compiled(aPage(`<main>${choice}${optional}</main>`));
    expect(master.slots.map(({ name, format }) => `${name} ${format}`)).toEqual(['proof choice', 'event choice']);
    const shown = (words: Readonly<Record<string, string>>, industry?: string) =>
      /<main>([^]*?)<\/main>/.exec(sent(master, words, industry).html)?.[1]?.replaceAll(/\s/g, '');
    expect(shown({})).toBe('<p>One</p><section><p>Meetus</p></section>');
    expect(shown({ proof: 'b', event: 'hidden' })).toBe('<p>Two</p>');
    expect(shown({ proof: 'c', event: 'hidden' })).toBe('<p>Three</p>');
    expect(shown({ proof: 'c', event: 'hidden' }, 'retail')).toBe('');
    expect(refused(master, { proof: 'z' })).toEqual(['slot-choice slot.proof']);
  });

  it('a slot within a text is a part of the text, and keeps its style', async () => {
    const slot = (attributes: string) => `<tc-slot name="offer" label="Offer" ${attributes}>Words</tc-slot>`;
    const html = async (body: string) => sent(await compiled(aPage(body))).html;
    expect(await html(`<h2>${slot('style="color: #123456"')}</h2>`)).toContain(
      '<h2><span class="tc-slot" style="color: #123456">Words</span></h2>',
    );
    expect(await html(`<section>${slot('class="wide"')}</section>`)).toContain('<div class="tc-slot wide">Words</div>');
  });

  it('refuses what has no meaning', async () => {
    expect(await codesOf(aPage('<tc-option name="a"><p>One</p></tc-option>'))).toEqual(['branch-content']);
    const loose =
      '<tc-option name="a" label="A"><p>1</p></tc-option><p>2</p><tc-option name="b" label="B"></tc-option>';
    expect(await codesOf(aPage(`<tc-choice name="proof" label="Proof">${loose}</tc-choice>`))).toContain(
      'branch-content',
    );
    expect(await codesOf(aPage('<tc-choice name="x" label="X"></tc-choice>'))).toEqual(['choice-options']);
    expect(await codesOf(aPage('<tc-button name="x" label="X" onclick="a()">Go</tc-button>'))).toEqual([
      'handler-refused',
    ]);
    expect(
      await codesOf(aPage('<tc-lock name="legal"><tc-optional name="x" label="X"><p>1</p></tc-optional></tc-lock>')),
    ).toEqual(['lock-choice']);
  });

  it('a condition on the language is decided when the page is published', async () => {
    const when = (language: string, more = '') =>
      aPage(`<main><tc-when language="${language}"${more}><p>Yes</p><tc-else><p>No</p></tc-else></tc-when></main>`);
    const shown = async (input: MasterInput, industry?: string) =>
      /<main>(.*?)<\/main>/.exec(sent(await compiled(input), {}, industry).html)?.[1];
    expect(await shown(when('en|fr'))).toBe('<p>Yes</p>');
    expect(await shown(when('de'))).toBe('<p>No</p>');
    expect(await shown(when('en', ' industry="finance"'))).toBe('<p>Yes</p>');
    expect(await shown(when('en', ' industry="finance"'), 'retail')).toBe('<p>No</p>');
    expect(await shown(when('de', ' industry="finance"'))).toBe('<p>No</p>');
    expect(await codesOf(when('neither nor'))).toContain('when-language');
  });
});
