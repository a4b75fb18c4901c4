import type { NewText, Offered, PaletteBlock } from './palette-block';

const WIDE = 'max-width: 1032px; margin: 0 auto; padding: 32px 24px';
const ROW = 'display: flex; flex-wrap: wrap; gap: 24px';
/** Own colours need those of the texts in them, for readers in dark mode. */
const ON_LIGHT = 'color: #27303f';
const HEADING_ON_LIGHT = ' style="color: #101828"';

const within = (tag: string, style: string, ...lines: readonly string[]): string =>
  `<${tag} style="${style}">\n${lines.map(indented).join('\n')}\n</${tag}>`;
const indented = (markup: string): string => markup.replaceAll(/^/gm, '  ');

const section = (...lines: readonly string[]): string => within('section', WIDE, ...lines);
const columns = (text: NewText, basis: string, count: number): string =>
  within(
    'section',
    `${ROW}; ${WIDE}`,
    ...Array.from({ length: count }, () => within('div', `flex: 1 1 ${basis}`, paragraph(text))),
  );
const paragraph = (text: NewText): string => `<p>${text('text')}</p>`;
const heading = (text: NewText, look = ''): string => `<h2${look}>${text('heading')}</h2>`;
const BUTTON =
  'display: block; width: fit-content; padding: 12px 24px; border-radius: 8px; font-weight: bold; text-decoration: none';
const button = (
  text: NewText,
  { link }: Offered,
  colours = 'background-color: {{brand.primary}}; color: {{brand.onPrimary}}',
): string => `<a href="{{links.${link}}}" style="${BUTTON}; ${colours}">${text('button')}</a>`;
const picture = (text: NewText, { picture: path }: Offered, look = ''): string =>
  path === null
    ? '<div style="height: 120px" aria-hidden="true"></div>'
    : `<img src="${path}" alt="${text('alt')}" style="display: block; max-width: 100%; height: auto${look}">`;
const CARD = `background-color: #f6f8fb; ${ON_LIGHT}; border-left: 4px solid {{brand.primary}}; padding: 20px 24px; margin: 24px 0`;
const PANEL = `background-color: #f6f8fb; ${ON_LIGHT}; border-radius: 14px; padding: 28px; margin: 24px 0`;
const SMALL = 'font-size: 13px; line-height: 1.5';

/** Blocks of a landing page. Their look is in themselves: each campaign has other style sheets. */
export const PAGE_PALETTE = {
  heading: { level: 'content', markup: (text) => heading(text) },
  text: { level: 'content', markup: paragraph },
  list: {
    level: 'content',
    markup: (text) => `<ul>\n  <li>${text('firstPoint')}</li>\n  <li>${text('secondPoint')}</li>\n</ul>`,
  },
  button: { level: 'content', markup: (text, offered) => button(text, offered) },
  image: { level: 'content', markup: (text, offered) => picture(text, offered) },
  divider: {
    level: 'content',
    markup: () => '<hr style="border: 0; border-top: 1px solid #d0d7e2; margin: 24px 0">',
  },
  spacer: { level: 'content', markup: () => '<div style="height: 24px" aria-hidden="true"></div>' },
  offer: {
    level: 'content',
    markup: (text) =>
      `<tc-slot name="offer" label="${text('label')}" max-chars="240" max-lines="4" format="inline">${text('offer')}</tc-slot>`,
  },
  form: {
    level: 'content',
    markup: (text) => within('div', PANEL, heading(text, HEADING_ON_LIGHT), '<tc-form></tc-form>'),
  },
  section: { level: 'section', markup: (text) => section(heading(text), paragraph(text)) },
  columns1: { level: 'section', markup: (text) => columns(text, '100%', 1) },
  columns2: { level: 'section', markup: (text) => columns(text, '320px', 2) },
  columns3: { level: 'section', markup: (text) => columns(text, '240px', 3) },
  columns4: { level: 'section', markup: (text) => columns(text, '200px', 4) },
  hero: {
    level: 'section',
    markup: (text, offered) =>
      within(
        'section',
        'background-color: {{brand.primary}}; color: {{brand.onPrimary}}; padding: 64px 24px',
        within(
          'div',
          'max-width: 1032px; margin: 0 auto',
          heading(text, ' style="font-size: 42px; line-height: 1.15; color: {{brand.onPrimary}}"'),
          paragraph(text),
          button(text, offered, 'background-color: {{brand.secondary}}; color: {{brand.onSecondary}}'),
        ),
      ),
  },
  card: {
    level: 'section',
    markup: (text, offered) =>
      section(within('div', CARD, heading(text, HEADING_ON_LIGHT), paragraph(text), button(text, offered))),
  },
  quote: {
    level: 'section',
    markup: (text) =>
      section(
        within(
          'blockquote',
          'margin: 0; font-size: 22px; line-height: 1.5',
          `<p style="font-style: italic">${text('quote')}</p>`,
          `<p style="font-size: 16px">${text('name')}</p>`,
        ),
      ),
  },
  product: {
    level: 'section',
    markup: (text, offered) =>
      within(
        'section',
        `${ROW}; ${WIDE}`,
        within('div', 'flex: 1 1 320px', picture(text, offered, '; border-radius: 14px')),
        within('div', 'flex: 1 1 320px', heading(text), paragraph(text), button(text, offered)),
      ),
  },
  event: {
    level: 'section',
    markup: (text, offered) =>
      section(
        within(
          'div',
          PANEL,
          heading(text, HEADING_ON_LIGHT),
          `<p style="font-weight: bold">${text('when')}</p>`,
          paragraph(text),
          button(text, offered),
        ),
      ),
  },
  cobrand: {
    level: 'section',
    markup: (text, offered) =>
      within(
        'div',
        `display: flex; flex-wrap: wrap; gap: 16px; justify-content: space-between; align-items: center; background-color: #ffffff; ${WIDE}`,
        picture(text, offered, '; width: 150px'),
        '<tc-partner-logo width="160" height="52" surface="light"></tc-partner-logo>',
      ),
  },
  contact: {
    level: 'section',
    markup: () =>
      section(
        '<p>{{partner.contact.name}}<br>{{partner.name}} · <a href="mailto:{{partner.contact.email}}">{{partner.contact.email}}</a><br><span dir="ltr">{{partner.contact.phone}}</span></p>',
      ),
  },
  legal: {
    level: 'section',
    markup: (text) => within('section', `${SMALL}; ${WIDE}`, `<p>${text('legal')}</p>`),
  },
  footer: {
    level: 'section',
    markup: (text) =>
      within(
        'footer',
        `${SMALL}; ${WIDE}`,
        '<p>{{partner.legalName}}, {{partner.address}} · {{partner.contact.email}}<br>{{partner.legalLine}}</p>',
        `<p><a href="{{links.imprint}}">${text('imprint')}</a> · <a href="{{links.privacy}}">${text('privacy')}</a></p>`,
      ),
  },
} as const satisfies Record<string, PaletteBlock>;
