import type { CampaignLayoutContent } from '#contracts';
import { keyFromName, picturesOf, withEmailLayout, withPageLayout } from './layouts';
import { declarationsOf } from './new-files';

const WELCOME = `<mjml><mj-head><mj-style>p{}</mj-style></mj-head><mj-body width="600px">
<mj-section css-class="ours"><mj-column><tc-partner-logo width="100px" /></mj-column></mj-section>
<tc-lock name="footer"><a href="{{links.unsubscribe}}">x</a></tc-lock>
</mj-body></mjml>`;
const TEXTS = {
  'campaign.yaml': `# Autumn
locales: [ en, de ] # both
links:
  demo: { target: 'https://www.example.com/' }
emails:
  welcome: { source: emails/welcome.mjml, subject: welcome.subject, preheader: welcome.preheader }
`,
  'emails/welcome.mjml': WELCOME,
  'locales/en.yaml': '# words\nwelcome: { subject: Hi }\n',
  'locales/de.yaml': 'welcome: { subject: Hallo }\n',
};
const LAYOUT: CampaignLayoutContent = {
  name: 'reminder',
  kind: 'email',
  title: {},
  summary: {},
  source: `<mjml><mj-body width="500px">
<mj-section><mj-column><mj-image src="images/your-logo.png" alt="{{t "reminder.logo"}}" /><tc-partner-logo width="1px" /></mj-column></mj-section>
<mj-section><mj-column><mj-image src="images/your-picture.png" alt="" /><mj-text>{{fallback recipient.greeting (t "reminder.hello")}}</mj-text><tc-slot name="reminder-note">x</tc-slot><mj-button href="{{links.offer}}">{{t "reminder.button"}}</mj-button></mj-column></mj-section>
<tc-lock name="footer"><mj-section>{{t "footer.sent"}}<a href="{{links.unsubscribe}}">{{t "footer.out"}}</a></mj-section></tc-lock>
</mj-body></mjml>`,
  texts: {
    en: {
      footer: { sent: 'Sent', out: 'Out' },
      reminder: { subject: '[Your subject]', preheader: 'P', logo: 'L', hello: 'Hello', button: 'B' },
    },
    de: {
      footer: { sent: 'An', out: 'Ab' },
      reminder: { subject: '[Ihr Betreff]', preheader: 'P', logo: 'L', hello: 'Tag', button: 'B' },
    },
  },
  pictures: [
    { path: 'images/your-logo.png', base64: 'AAAA' },
    { path: 'images/your-picture.png', base64: 'AAAA' },
  ],
};

describe('an e-mail from a layout', () => {
  const made = withEmailLayout(TEXTS, 'second', LAYOUT);
  const source = made['emails/second.mjml'] ?? '';

  it('has styles, logos and locked parts of the campaign', () => {
    expect(source).toContain('<mj-style>p{}</mj-style>');
    expect(source).toContain('<mj-body width="600px">');
    expect(source).toContain('css-class="ours"');
    expect(source.match(/links\.unsubscribe/g)).toHaveLength(1);
    expect(picturesOf(LAYOUT, source).map(({ path }) => path)).toEqual(['images/your-picture.png']);
  });

  it('has an entry, and the texts that it uses in each language', () => {
    expect(declarationsOf(made).emails).toEqual(['welcome', 'second']);
    expect(made['campaign.yaml']).toContain('# both');
    expect(source).toContain('name="second-note"');
    expect(made['locales/en.yaml']).toContain('# words');
    expect(made['locales/de.yaml']).toContain('[Ihr Betreff]');
    expect(made['locales/de.yaml']).not.toMatch(/logo|footer/);
  });

  it('leads to the landing page, else to the first link, else to the partner', () => {
    const linking = (links: string) =>
      withEmailLayout({ ...TEXTS, 'campaign.yaml': `locales: [en]\nlinks: ${links}\n` }, 'second', LAYOUT)[
        'emails/second.mjml'
      ];
    expect(source).toContain('{{links.demo}}');
    expect(linking('{ demo: { target: a }, site: { page: landing } }')).toContain('{{links.site}}');
    expect(linking('{}')).toContain('{{partner.website}}');
  });

  it('brings its footer if no locked part of the campaign has an unsubscribe link', () => {
    const bare = { ...TEXTS, 'emails/welcome.mjml': WELCOME.replace('links.unsubscribe', 'links.demo') };
    const other = withEmailLayout(bare, 'second', LAYOUT);
    expect(other['emails/second.mjml']).toContain('<tc-lock name="second-footer">');
    expect(other['locales/en.yaml']).toContain('footer:\n  sent: Sent\n');
  });
});

it.each(['Footer', 'Form', 'Slots', 'Landing'])(
  'keeps the texts of a group that an e-mail is called like: %s',
  (name) => {
    const key = keyFromName(name);
    const words = 'footer: { sent: Sent }\nslots: { offer: Offer }\nlanding: Landing\n';
    const made = withEmailLayout({ ...TEXTS, 'locales/de.yaml': words }, key, LAYOUT);
    expect(made['locales/de.yaml']?.startsWith(words)).toBe(true);
    expect(made['locales/de.yaml']).toContain(`${key}-2:\n  subject: "[Ihr Betreff]"`);
    expect(made['locales/en.yaml']).toContain(`${key}-2:\n  subject: "[Your subject]"`);
    expect(made['campaign.yaml']).toContain(`subject: ${key}-2.subject`);
    expect(made[`emails/${key}.mjml`]).toContain(`{{t "${key}-2.button"}}`);
  },
);

it('adds a page with its form, and a link to it', () => {
  const made = withPageLayout(TEXTS, { ...LAYOUT, kind: 'page', source: '<body>{{t "reminder.button"}}</body>' });
  expect(declarationsOf(made).pages).toEqual(['landing']);
  expect(made['campaign.yaml']).toContain('  page: { page: landing }\n');
  expect(made['pages/landing.html']).toBe('<body>{{t "landing.button"}}</body>');
});

it.each([
  ['Second thought', 'second-thought'],
  ['  Über 3 Tage! ', 'uber-3-tage'],
  ['2nd', 'nd'],
  ['…', ''],
])('makes the key of %j %j', (name, key) => expect(keyFromName(name)).toBe(key));
