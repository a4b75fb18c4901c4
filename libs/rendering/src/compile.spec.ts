import { anEmail, aRecipient, partnerValues, POLICY, withSource } from './email.fixture.js';
import type { Locale, SourceProblem } from '#kernel';
import {
  bake,
  compileMaster,
  contrast,
  logoName,
  type Master,
  type MasterInput,
  pageWithForm,
  personalise,
  type Personal,
} from './index.js';

const render = async (input: MasterInput, recipient = aRecipient(), values = partnerValues()): Promise<Personal> => {
  const compiled = await compileMaster(input);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems, null, 1));
  const baked = bake(compiled.master, values, POLICY);
  if (!baked.ok) throw new Error(JSON.stringify(baked.problems));
  const result = personalise(baked.baked, recipient, POLICY);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.message;
};

const problemsOf = async (input: MasterInput): Promise<string[]> => {
  const compiled = await compileMaster(input);
  return compiled.ok
    ? []
    : compiled.problems.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`);
};

describe('compiling an e-mail', () => {
  it('gives a program with typed holes, locks and slots', async () => {
    const compiled = await compileMaster(anEmail());
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems, null, 1));
    expect(compiled.master.locks.map(({ name }) => name)).toEqual(['legal', 'footer']);
    expect(compiled.master.slots).toMatchObject([
      {
        name: 'offer',
        format: 'inline',
        maxChars: 200,
        default: { blocks: [[{ text: 'Ask us for a ' }, { text: 'free', bold: true }, { text: ' assessment.' }]] },
      },
    ]);
    expect(compiled.master.needs).toEqual({
      images: ['images/logo.png', 'images/hero.jpg'],
      logos: [{ surface: 'light', width: 180, height: 60, align: 'left' }],
    });
    // The legal links are added below an e-mail that has none.
    expect(compiled.master.links).toEqual(['decoy', 'demo', 'imprint', 'privacy', 'unsubscribe']);
  });

  it('asks for the partner’s logo where its author aligned it, and on the other side in a language that is written from the right', async () => {
    const source = anEmail().source.replace('<tc-partner-logo width', '<tc-partner-logo align="right" width');
    const toTheLeft = await compileMaster({ ...anEmail(), source });
    const toTheRight = await compileMaster({ ...anEmail(), source, locale: 'ar' as Locale });
    const asked = [toTheLeft, toTheRight].map((one) => (one.ok ? one.master.needs.logos.map(logoName) : one.problems));
    expect(asked).toEqual([['light.w180h60.right'], ['light.w180h60']]);
  });

  it('ends with a link that eyes, screen readers and the tab key pass over, and that the text part does not have', async () => {
    const { html, text } = await render(anEmail());
    const [, decoy = ''] = /(<div[^>]*><a[^>]*><\/a><\/div>)<\/body><\/html>$/.exec(html) ?? [];
    expect(decoy).toContain('href="https://go.northwind.example/l/decoy"');
    expect(decoy).toMatch(/display:none.*aria-hidden="true".*tabindex="-1"/);
    expect(text).not.toContain('/l/decoy');
  });

  it('compiles the same source to the same root', async () => {
    const [one, two] = await Promise.all([compileMaster(anEmail()), compileMaster(anEmail())]);
    expect(one.ok && two.ok && one.master.root === two.master.root).toBe(true);
  });

  it('shows partner, recipient and locked copy in both parts', async () => {
    const { html, text, subject, preheader } = await render(anEmail());
    for (const part of [html, text]) {
      expect(part).toContain('Jörg');
      expect(part).toContain('Brightwater IT Ltd, 1 High Street, Leeds LS1 1AA');
      expect(part).toContain('https://go.northwind.example/u/abc');
      expect(part).toContain('Guten Tag');
      expect(part).toContain('For banks only');
      expect(part).not.toMatch(/tc[qm][0-9a-f]{10}|\{\{/);
    }
    expect(html).toContain('Brightwater &amp; Sons');
    expect(html).toContain('figures <b>measured</b> in our laboratory.');
    expect(text).toContain('figures measured in our laboratory.');
    expect(html).toContain('https://go.northwind.example/b/dd.jpg');
    expect(html).toContain('lang="en"');
    expect(subject).toBe('A word for Müller & Söhne');
    expect(preheader).toBe('From Brightwater & Sons');
  });

  it('leaves a block out for a recipient it is not for, and takes the other text', async () => {
    const { html, text } = await render(anEmail(), aRecipient({ industry: 'retail', country: 'FR' }));
    expect(html + text).not.toContain('For banks only');
    expect(html).toContain('Good day');
    expect(html).not.toContain('Guten Tag');
  });

  it('uses the fallback when a value is missing or not acceptable', async () => {
    expect((await render(anEmail(), aRecipient({ firstName: null }))).html).toContain('Hello there');
    const { html } = await render(anEmail(), aRecipient({ firstName: 'Reset your password at www.evil.example' }));
    expect(html).toContain('Hello there');
    expect(html).not.toContain('evil');
  });

  it('sets language and direction from the locale', async () => {
    expect((await render(anEmail({ locale: 'ar' as never }))).html).toMatch(/<html[^>]*lang="ar"[^>]*dir="rtl"/);
  });

  it('never reads a value as template or markup', async () => {
    const { html } = await render(
      anEmail(),
      aRecipient({ company: '{{links.demo}}', firstName: '<script>alert(1)</script>' }),
    );
    expect(html).not.toContain('<script');
    const { subject } = await render(anEmail(), aRecipient({ company: '{{partner.name}}' }));
    expect(subject).toBe('A word for {{partner.name}}');
  });
});

describe('what an e-mail says about screens', () => {
  it.each([
    ['light ones only', '', 'light'],
    [
      'dark ones too, when it is styled for them',
      '@media (prefers-color-scheme: dark) { .fine { color: #eeeeee; } }',
      'light dark',
    ],
  ])('is %s', async (_, css, schemes) => {
    const styled = withSource((source) => source.replace('</mj-style>', `${css}</mj-style>`));
    const { html } = await render(styled);
    const head = html.slice(0, html.indexOf('</head>'));
    expect(head).toContain(`<meta name="color-scheme" content="${schemes}">`);
    expect(head).toContain(`<meta name="supported-color-schemes" content="${schemes}">`);
  });
});

describe('contrast at publishing', () => {
  const advice = async (input: MasterInput): Promise<string[]> => {
    const compiled = await compileMaster(input);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    return compiled.warnings
      .filter(({ code }) => code === 'contrast-low')
      .map(({ line, column, message }) => `${line}:${column} ${message}`);
  };
  const inEmail = (mjml: string): MasterInput =>
    withSource((source) =>
      source.replace(
        '  </mj-body>',
        `<mj-section background-color="#ffffff"><mj-column>\n${mjml}\n</mj-column></mj-section></mj-body>`,
      ),
    );
  const lines = anEmail().source.split('\n').length;

  it.each([
    [
      'pale text',
      '<mj-text color="#aaaaaa">Read this</mj-text>',
      'Text in #aaaaaa on #ffffff has a contrast of 2.3; the minimum is 4.5.',
    ],
    [
      'a short colour in text',
      '<mj-text><span style="color:#AAA">Read this</span></mj-text>',
      'Text in #aaaaaa on #ffffff',
    ],
    [
      'a button',
      '<mj-button background-color="#ffcc00" color="#ffffff" href="{{links.demo}}">Read this</mj-button>',
      'Text in #ffffff on #ffcc00',
    ],
    [
      'large text that needs 3',
      '<mj-text font-size="30px" color="#999999">Read this</mj-text>',
      'a contrast of 2.8; the minimum is 3.',
    ],
    [
      'a link that a style sheet colours',
      '<mj-style>.pale a { color: #bbbbbb; }</mj-style><mj-text css-class="pale"><a href="{{links.demo}}">Read this</a></mj-text>',
      'Text in #bbbbbb on #ffffff',
    ],
  ])('tells of %s with its place', async (_, mjml, message) => {
    const [style = ''] = /<mj-style>.*<\/mj-style>/.exec(mjml) ?? [];
    const input = inEmail(mjml.replace(style, ''));
    const told = await advice({ ...input, source: input.source.replace('<mj-attributes>', `${style}<mj-attributes>`) });
    expect(told).toEqual([expect.stringContaining(message)]);
    expect(told[0]).toMatch(new RegExp(`^${lines - 1}:${mjml.replace(style, '').indexOf('Read this') + 1} `));
  });

  it.each([
    ['text that can be read', '<mj-text color="#595959">Read this</mj-text>'],
    ['large text with 3', '<mj-text font-size="24px" color="#888888">Read this</mj-text>'],
    ['a partner’s colour', '<mj-text color="{{brand.link}}">Read this</mj-text>'],
    ['what is not shown', '<mj-text><span style="display:none;color:#ffffff">Read this</span></mj-text>'],
    ['a state', '<mj-text css-class="over">Read this</mj-text>'],
    ['rules for other screens', '<mj-text css-class="dark">Read this</mj-text>'],
  ])('says nothing of %s', async (_, mjml) => {
    const input = inEmail(mjml);
    const css =
      '.over div:hover { color: #eeeeee; } @media (prefers-color-scheme: dark) { .dark div { color: #eeeeee; } }';
    expect(await advice({ ...input, source: input.source.replace('<mj-style>', `<mj-style>${css}`) })).toEqual([]);
  });

  it('looks at pages too, by their style sheets', async () => {
    const source =
      '<!doctype html><html><head><style>body { background: #101828; } p { color: #27303f; }</style></head><body><h1 style="color:#fff">Hello</h1>\n<p>Read &amp; see</p></body></html>';
    expect(
      await advice(anEmail({ kind: 'page', file: 'pages/landing.html', source, subject: 'Landing', preheader: '' })),
    ).toEqual([expect.stringMatching(/^2:4 Text in #27303f on #101828/)]);
  });
});

describe('mistakes in an e-mail', () => {
  it.each([
    [
      'a script',
      (s: string) => s.replace('<mj-text>{{#when', '<mj-text><script>1</script>{{#when'),
      'tag-refused emails/welcome.mjml:19',
    ],
    [
      'an event handler',
      (s: string) => s.replace('<a href', '<a onclick="x()" href'),
      'handler-refused emails/welcome.mjml:23',
    ],
    [
      'an unknown field',
      (s: string) => s.replace('{{partner.name}}', '{{partner.nmae}}'),
      'field-unknown emails/welcome.mjml:19',
    ],
    ['an undeclared link', (s: string) => s.replace('links.demo', 'links.dmeo'), 'link-unknown emails/welcome.mjml:14'],
    [
      'a literal address',
      (s: string) => s.replace('{{links.unsubscribe}}', 'https://evil.example'),
      'href-literal emails/welcome.mjml:23',
    ],
    [
      'a foreign picture',
      (s: string) => s.replace('images/logo.png', 'https://cdn.example/x.png'),
      'picture-foreign emails/welcome.mjml:8',
    ],
    [
      'a missing picture',
      (s: string) => s.replace('images/logo.png', 'images/lgoo.png'),
      'picture-missing emails/welcome.mjml:8',
    ],
    ['a missing text', (s: string) => s.replace('{{t "cta"}}', '{{t "ctaa"}}'), 'copy-missing emails/welcome.mjml:14'],
    [
      'three braces',
      (s: string) => s.replace('{{partner.name}}', '{{{partner.name}}}'),
      'template-triple emails/welcome.mjml:19',
    ],
    [
      'an unknown block',
      (s: string) => s.replace('{{#when country="DE"}}', '{{#if country}}').replace('{{/when}}', '{{/if}}'),
      'block-unknown emails/welcome.mjml:19',
    ],
    [
      'an unknown component attribute',
      (s: string) => s.replace('<mj-button', '<mj-button colour="red"'),
      'mjml emails/welcome.mjml:14',
    ],
    [
      'a style that loads',
      (s: string) => s.replace('.fine a { color: #4b5563; }', '.fine { background: url(https://x.example/y.png) }'),
      'style-refused emails/welcome.mjml:4',
    ],
    [
      'a colour where text goes',
      (s: string) => s.replace('from {{partner.name}}', 'from {{brand.primary}}'),
      'field-place',
    ],
    [
      'a missing unsubscribe link',
      (s: string) => s.replace('<a href="{{links.unsubscribe}}">Unsubscribe</a>', ''),
      'unsubscribe-missing',
    ],
    [
      'a missing lock',
      (s: string) => s.replace('<tc-lock name="legal">', '').replace('</tc-lock>', ''),
      'lock-missing',
    ],
    ['a picture without alt', (s: string) => s.replace('alt="Northwind"', ''), 'alt-missing'],
    ['a slot without a name', (s: string) => s.replace('name="offer"', ''), 'slot-name emails/welcome.mjml:20'],
    ['braces that do not match', (s: string) => s.replace('{{/when}}', ''), 'template-syntax'],
    [
      'a frame',
      (s: string) => s.replace('<mj-text>{{#when', '<mj-text><iframe src="images/logo.png"></iframe>{{#when'),
      'tag-refused emails/welcome.mjml:19',
    ],
    [
      'a conditional comment',
      (s: string) => s.replace('<mj-text>{{#when', '<mj-text><!--[if mso]>x<![endif]-->{{#when'),
      'comment-conditional emails/welcome.mjml:19',
    ],
    [
      'an include',
      (s: string) => s.replace('<mj-body>', '<mj-body><mj-include path="/etc/passwd" />'),
      'tag-refused emails/welcome.mjml:6',
    ],
  ])('refuses %s with its place', async (_, change, expected) => {
    expect((await problemsOf(withSource(change))).some((problem) => problem.startsWith(expected))).toBe(true);
  });

  it('reports many at once', async () => {
    const problems = await problemsOf(
      withSource((s) =>
        s
          .replace('{{partner.name}}', '{{x.y}}')
          .replace('links.demo', 'links.z')
          .replace('images/logo.png', 'images/no.png'),
      ),
    );
    expect(problems.length).toBeGreaterThanOrEqual(3);
  });

  it('says for every problem what to write instead', async () => {
    const compiled = await compileMaster(withSource((s) => s.replace('{{partner.name}}', '{{x.y}}<script>')));
    expect(compiled.ok ? [] : compiled.problems.map(({ remedy }) => remedy)).not.toContain('');
  });

  it('refuses what is too large or too deep', async () => {
    expect(await problemsOf(anEmail({ source: 'x'.repeat(400_000) }))).toEqual([
      expect.stringContaining('source-too-large'),
    ]);
    expect(await problemsOf(withSource((s) => s.replace('<mj-text>', `<mj-text>${'<div>'.repeat(3000)}`)))).toEqual([
      expect.stringContaining('source-too-deep'),
    ]);
  });
});

describe('compiling a page', () => {
  const page = (source: string, form: MasterInput['form'] = null): MasterInput =>
    anEmail({
      kind: 'page',
      file: 'pages/landing.html',
      source,
      subject: 'Landing',
      preheader: '',
      form,
      requiredLocks: [],
    });
  const form = {
    fields: ['firstName', 'email'],
    required: ['email'],
    labels: {
      firstName: 'First name',
      lastName: '',
      email: 'E-mail',
      company: '',
      phone: '',
      country: '',
      message: '',
    },
    submit: 'Send',
    consent: 'I agree',
  } as const;

  it('frames slots, locks, conditions, logo and form', async () => {
    const { html } = await render(
      page(
        '<!doctype html><html><head><style>h1{color:{{brand.primary}};}</style></head><body><tc-partner-logo width="180" height="60"></tc-partner-logo><h1>{{t "hello"}}</h1><tc-slot name="offer">Come by</tc-slot><tc-lock name="legal"><p>{{t "legal"}}</p></tc-lock><tc-form></tc-form></body></html>',
        form,
      ),
    );
    expect(html).toContain('<h1>Hello</h1>');
    expect(html).toContain('h1{color:#0b5cad;}');
    expect(html).toContain('Come by');
    expect(html).toContain('src="https://go.northwind.example/b/aa.png"');
    expect(html).toMatch(/<form class="tc-form" method="post" action="https:\/\/go\.northwind\.example\/p\/x\/form">/);
    expect(html).toMatch(/<html[^>]*lang="en"[^>]*dir="ltr"/);
    expect(html).toContain('<title>Landing</title>');
  });

  const plain =
    '<!doctype html><html><head></head><body><main><p>{{#when country="DE"}}Hallo{{/when}}</p><p>Rules at the edge for {{partner.name}}.</p><img src="images/hero.jpg" alt="" width="600" height="300"></main><tc-form></tc-form></body></html>';
  const german = { required: 'Pflichtfeld', known: 'Ausgefüllt.', empty: 'Formular leeren' };

  it('has a card for those who share it, without what depends on the reader', async () => {
    const { html } = await render(page(plain, form));
    expect(html).toMatch(/<meta property="og:description" content="Rules at the edge for [^"<]+\.">/);
    expect(html).toContain('<meta property="og:url" content="https://go.northwind.example/p/x">');
    expect(html).toMatch(/<meta property="og:image" content="https:\/\/go\.northwind\.example\/b\/[^"]+">/);
  });

  it('leads to the legal pages of the company, once', async () => {
    const names = async (source: string): Promise<(string | undefined)[]> =>
      [...(await render(page(source, form))).html.matchAll(/<a href="[^"]+\/(imprint|privacy)">/g)].map(
        ([, name]) => name,
      );
    expect(await names(plain)).toEqual(['privacy', 'imprint']);
    expect(await names(plain.replace('</main>', '<a href="{{links.privacy}}">P</a></main>'))).toEqual([
      'privacy',
      'imprint',
    ]);
  });

  it('marks what is required, and is filled in for a reader who is known', async () => {
    const rule = { ...form, texts: german };
    const { html } = await render(page(plain, rule), aRecipient({ firstName: '<Ada>', email: 'ada@example.com' }));
    expect(html).toContain('E-mail<span class="tc-star" aria-hidden="true"> *</span></label>');
    expect(html).toContain('First name</label>');
    expect(html).toContain('* Pflichtfeld');
    expect(html).toContain('value="&lt;Ada&gt;"');
    expect(html).toContain('value="ada@example.com"');
    expect(html).toContain('<a href="?">Formular leeren</a>');
    const unknown = await render(page(plain, rule), aRecipient({ firstName: null, email: '' }));
    expect(unknown.html.match(/ value=""/g)).toHaveLength(2);
    expect((await render(page(plain, form), aRecipient({ firstName: 'Ada' }))).html).not.toContain('value="Ada"');
  });

  it('says that the form is missing where one is described', async () => {
    const missing = async (source: string, rule: MasterInput['form'] = form): Promise<(number | null)[]> => {
      const compiled = await compileMaster(page(source, rule));
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
      return compiled.warnings.filter(({ code }) => code === 'form-missing').map(({ line }) => line);
    };
    const without = plain.replace('<tc-form></tc-form>', '').replace('<body>', '\n<body>');
    expect(await missing(without)).toEqual([2]);
    expect(await missing(without, null)).toEqual([]);
    expect(await missing(plain)).toEqual([]);
  });

  it('shows its form again with what was typed and what is wrong', async () => {
    const { html } = await render(page(plain, { ...form, texts: german }));
    const again = pageWithForm(
      html,
      { fields: form.fields, required: form.required, action: '/p/x/form', language: 'de' },
      {
        valueOf: (field) => `typed ${field}`,
        problemOf: (field) => (field === 'email' ? 'wrong' : undefined),
        focus: 'email',
      },
      '<p>Look</p>',
    );
    expect(again).toContain('value="typed firstName"');
    expect(again).toMatch(/id="tc-email"[^>]* aria-invalid="true" aria-describedby="tc-email-problem" autofocus/);
    expect(again).toContain('<strong class="tc-problem" id="tc-email-problem">wrong</strong>');
    expect(again).toContain('<button type="submit">Send</button>');
    expect(again).toContain('<label for="tc-consent">I agree');
    expect(again?.replace(/<form[\s\S]*<\/form>/, '')).toBe(html.replace(/<form[\s\S]*<\/form>/, ''));
    expect(
      pageWithForm('<p>none</p>', { ...form, action: '/', language: 'de' }, { valueOf: () => undefined }, ''),
    ).toBeNull();
  });

  it.each([
    ['a script', '<body><script>1</script></body>', 'tag-refused pages/landing.html:1'],
    ['a form of its own', '<body><form action="https://x.example"></form></body>', 'tag-refused pages/landing.html:1'],
    ['a form that is not described', '<body><tc-form></tc-form></body>', 'form-undeclared'],
    ['a recipient field without fallback', '<body>{{recipient.firstName}}</body>', 'recipient-on-page'],
  ])('refuses %s', async (_, source, expected) => {
    expect((await problemsOf(page(source))).some((problem) => problem.startsWith(expected))).toBe(true);
  });
});

describe('a slot of an e-mail', () => {
  it.each([
    ['required="true"', true],
    ['required="false"', false],
    ['', false],
  ])('with %s is required: %s', async (attribute, required) => {
    const input = withSource((source) => source.replace('<tc-slot name="offer"', `<tc-slot name="offer" ${attribute}`));
    const compiled = await compileMaster(input);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    expect(compiled.master.slots[0]?.required).toBe(required);
    const empty = partnerValues({ slots: { offer: { kind: 'paragraphs', blocks: [] } } });
    expect(bake(compiled.master, empty, POLICY).ok).toBe(!required);
  });
});

describe('an alternative to a section', () => {
  const section = (words: string): string =>
    `<mj-section><mj-column><mj-text>${words}</mj-text></mj-column></mj-section>`;
  const alternative = `<tc-when persona="engineer">${section('For engineers only')}<tc-else>${section('For all others')}</tc-else></tc-when>`;
  const email = withSource((source) => source.replace('  </mj-body>', `${alternative}</mj-body>`));

  it.each([
    ['the matching persona', 'engineer', 'For engineers only', 'For all others'],
    ['another persona', 'buyer', 'For all others', 'For engineers only'],
    ['an unknown persona', null, 'For all others', 'For engineers only'],
  ])('is chosen for %s, in both parts', async (_, persona, has, lacks) => {
    const { html, text } = await render(email, aRecipient({ persona }));
    for (const part of [html, text]) {
      expect(part).toContain(has);
      expect(part).not.toContain(lacks);
    }
  });

  it.each([
    ['before other sections', alternative.replace('</tc-when>', `${section('More')}</tc-when>`), 'else-place'],
    ['twice', alternative.replace('<tc-else>', `<tc-else>${section('First')}</tc-else><tc-else>`), 'else-place'],
    ['outside of a condition', `<tc-else>${section('Without a condition')}</tc-else>`, 'mjml'],
    [
      'with a lock in it',
      alternative.replace('<tc-else>', `<tc-else><tc-lock name="x">${section('x')}</tc-lock>`),
      'mjml',
    ],
  ])('is refused %s', async (_, mjml, code) => {
    const problems = await problemsOf(withSource((source) => source.replace('  </mj-body>', `${mjml}</mj-body>`)));
    expect(problems.join('\n')).toMatch(new RegExp(`^${code} emails/welcome.mjml:\\d+:\\d+$`, 'm'));
  });
});

describe('colours of a brand', () => {
  const inEmail = (mjml: string, head = ''): MasterInput =>
    withSource((source) =>
      source
        .replace('<mj-attributes>', `${head}<mj-attributes>`)
        .replace(
          '  </mj-body>',
          `<mj-section background-color="#ffffff"><mj-column>${mjml}</mj-column></mj-section></mj-body>`,
        ),
    );
  const published = async (input: MasterInput): Promise<{ master: Master; warnings: readonly SourceProblem[] }> => {
    const compiled = await compileMaster(input);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    return compiled;
  };
  const pairs = async (input: MasterInput): Promise<string[]> =>
    ((await published(input)).master.colourPairs ?? []).map(
      ({ colour, surface, needed, text }) => `${colour} on ${surface}, ${needed}: ${text}`,
    );

  it.each([
    [
      'a link on the author’s own ground',
      '<mj-text container-background-color="#f3f6fa"><a href="{{links.demo}}" style="color:{{brand.link}}">Read it</a></mj-text>',
      'brand.link on #f3f6fa, 4.5: Read it',
    ],
    [
      'fixed text on a button',
      '<mj-button background-color="{{brand.secondary}}" color="#ffffff" href="{{links.demo}}">Go on</mj-button>',
      '#ffffff on brand.secondary, 4.5: Go on',
    ],
    [
      'a brand’s text on a brand’s ground',
      '<mj-button background-color="{{brand.secondary}}" color="{{brand.onSecondary}}" href="{{links.demo}}">Go on</mj-button>',
      'brand.onSecondary on brand.secondary, 4.5: Go on',
    ],
    [
      'large text, which needs less',
      '<mj-text font-size="32px" color="{{brand.primary}}">{{partner.name}} speaks</mj-text>',
      'brand.primary on #ffffff, 3: {{partner.name}} speaks',
    ],
  ])('are found where they are read: %s', async (_, mjml, expected) => {
    expect(await pairs(inEmail(mjml))).toContain(expected);
  });

  it('are found below pictures that may not be shown', async () => {
    expect(await pairs(anEmail())).toContainEqual(
      expect.stringMatching(/^brand\.onPrimary on brand\.primary, 4\.5: Hello/),
    );
  });

  it('are found on dark screens, and in links that partners set', async () => {
    const css =
      '.tc a { color: {{brand.link}}; } @media (prefers-color-scheme: dark) { .tc { background-color: #111111; } }';
    const slot =
      '<mj-text css-class="tc">Aside</mj-text><tc-slot css-class="tc" name="more" label="More" links="partner" format="inline">Ask</tc-slot>';
    expect(await pairs(inEmail(slot, `<mj-style>${css}</mj-style>`))).toEqual(
      expect.arrayContaining([
        'brand.link on #ffffff, 4.5: {{slot.more}}',
        'brand.link on #111111, 4.5: {{slot.more}}',
      ]),
    );
  });

  it('are measured for each partner, with the shade that can be read everywhere', async () => {
    const link = (ground: string): string =>
      `<mj-text container-background-color="${ground}"><a href="{{links.demo}}" style="color:{{brand.link}}">Read it</a></mj-text>`;
    const { master } = await published(inEmail(link('#f3f6fa') + link('#dfe7f1')));
    const brand = { ...partnerValues().brand, link: '#7a7a7a' };
    const result = bake(master, partnerValues({ brand }), POLICY);
    if (result.ok) throw new Error('It was baked.');
    const told = result.problems.filter(({ code }) => code === 'contrast-low');
    expect(told.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'brand.link: “Read it” is in the brand’s link colour #7a7a7a on #dfe7f1 with a contrast of 3.4; the minimum is 4.5.',
    ]);
    const [shade = ''] = /#[0-9a-f]{6}$/.exec(told[0]?.remedy.replace(/\.$/, '') ?? '') ?? [];
    expect(contrast(shade, '#dfe7f1')).toBeGreaterThanOrEqual(4.5);
    expect(bake(master, partnerValues({ brand: { ...brand, link: shade } }), POLICY).ok).toBe(true);
  });

  it('cannot hide what the author wrote', async () => {
    const { master, warnings } = await published(
      inEmail('<mj-text container-background-color="{{brand.secondary}}" color="#ffffff">Locked words</mj-text>'),
    );
    expect(warnings.map(({ code }) => code)).toContain('brand-pair');
    const white = { ...partnerValues().brand, secondary: '#ffffff', onSecondary: '#000000' };
    const result = bake(master, partnerValues({ brand: white }), POLICY);
    expect(result.ok ? [] : result.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'contrast-low brand.secondary',
    ]);
  });

  it('need no advice where a brand profile keeps them readable', async () => {
    const { warnings } = await published(anEmail());
    expect(warnings.map(({ code }) => code)).not.toContain('brand-pair');
  });
});
