import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { CampaignPackage } from '#content';
import { hasBuiltInText } from '#contracts';

/** An e-mail or page to begin with, as the gallery describes it. */
export interface Layout {
  readonly name: string;
  readonly kind: 'email' | 'page';
  readonly title: Readonly<Record<string, string>>;
  readonly summary: Readonly<Record<string, string>>;
}

/** Files of all layouts by path: `emails/reminder.mjml`, `locales/en.yaml`. */
export type LayoutFiles = ReadonlyMap<string, Buffer>;

/** A catalogue of layouts: texts by layout, then by key. */
const Texts = z.record(z.string(), z.record(z.string(), z.string()));
type Texts = z.infer<typeof Texts>;

/** Languages that layouts have texts in, the one for all others first. */
export const LAYOUT_LANGUAGES = ['en', 'de'] as const;
/** The e-mail that invites to the page of a page layout. */
const INVITATION = 'plain-letter';
/** Buttons of layouts lead here; a campaign with a page leads to the page. */
const OFFER = '{{links.offer}}';
const FORM = { fields: ['firstName', 'lastName', 'email', 'company', 'phone', 'message'], required: ['email'] };
const SUMMARY = { en: '[Your summary for partners]', de: '[Ihre Zusammenfassung für Partner]' };
const OFFER_LABEL = { en: 'Your offer page', de: 'Ihre Angebotsseite' };
/** Readable in every partner's mail; a vendor's brand kit replaces them. */
const COLOURS = {
  primary: '#0b4a8f',
  onPrimary: '#ffffff',
  secondary: '#e6eef8',
  onSecondary: '#12263f',
  link: '#0b4a8f',
};

/** What a campaign from a layout is made with. */
export interface LayoutCampaign {
  readonly name: string;
  readonly title: string;
  /** The first is the default. */
  readonly languages: readonly string[];
  readonly theme: string;
  /** Colours of the vendor's brand kit. */
  readonly colours: Partial<typeof COLOURS> | null;
}

/** Template, texts and pictures of one layout, for a campaign that exists. */
export interface LayoutContent {
  readonly source: string;
  /** Texts by language, then by key: those of the layout, and of the footer. */
  readonly texts: Readonly<Record<string, Texts>>;
  readonly pictures: readonly { readonly path: string; readonly bytes: Buffer }[];
}

/** The parts of a layout. */
export function layoutContent(files: LayoutFiles, layout: Layout): LayoutContent {
  const source = sourceOf(files, layout);
  return {
    source,
    texts: Object.fromEntries(LAYOUT_LANGUAGES.map((tag) => [tag, textsOf(files, tag, [layout.name])])),
    pictures: picturesIn(files, [source]),
  };
}

/**
 * A campaign with the e-mail of a layout; for a page, with the page and an
 * e-mail that leads to it.
 */
export function layoutPackage(files: LayoutFiles, layout: Layout, campaign: LayoutCampaign): CampaignPackage {
  const hasPage = layout.kind === 'page';
  const email = hasPage ? INVITATION : layout.name;
  const source = (files.get(emailPath(email)) ?? Buffer.alloc(0)).toString('utf8');
  const templates = new Map([[emailPath(email), hasPage ? source.replaceAll(OFFER, '{{links.page}}') : source]]);
  if (hasPage) templates.set(pagePath(layout.name), sourceOf(files, layout));
  const names = hasPage ? [email, layout.name] : [email];
  const catalogues = campaign.languages.map((tag) => {
    const texts = textsOf(files, languageFor(tag), names);
    return [
      `locales/${tag}.yaml`,
      Buffer.from(stringify({ ...texts, ...(hasPage ? labelsFor(tag) : {}) }, YAML)),
    ] as const;
  });
  return {
    files: new Map([
      ['campaign.yaml', Buffer.from(stringify(definition(layout, email, campaign, source.includes(OFFER)), YAML))],
      ...[...templates].map(([path, text]) => [path, Buffer.from(text)] as const),
      ...catalogues,
      ...picturesIn(files, [...templates.values()]).map(({ path, bytes }) => [path, bytes] as const),
    ]),
  };
}

const YAML = { lineWidth: 0, singleQuote: true, flowCollectionPadding: true } as const;

function definition({ name, kind }: Layout, email: string, campaign: LayoutCampaign, hasOffer: boolean): object {
  const each = (words: { readonly en: string; readonly de: string }) =>
    Object.fromEntries(campaign.languages.map((tag) => [tag, words[languageFor(tag)]]));
  const offer = hasOffer ? { links: { offer: { partner: true, label: each(OFFER_LABEL) } } } : {};
  return {
    format: 'throughline/campaign@1',
    name: campaign.name,
    title: each({ en: campaign.title, de: campaign.title }),
    summary: each(SUMMARY),
    theme: campaign.theme,
    locales: campaign.languages,
    brand: { defaults: { ...COLOURS, ...campaign.colours } },
    ...(kind === 'page' ? { links: { page: { page: name } } } : offer),
    locks: ['footer'],
    emails: { [email]: { source: emailPath(email), subject: `${email}.subject`, preheader: `${email}.preheader` } },
    ...(kind === 'page' ? { pages: { [name]: pageOf(name) } } : {}),
    sequence: {
      window: { from: '09:00', to: '17:00', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      steps: [{ key: email, email }],
    },
  };
}

const pageOf = (name: string): object => ({
  source: pagePath(name),
  title: `${name}.title`,
  form: { ...FORM, submit: `${name}.submit`, consent: `${name}.consent`, thanks: `${name}.thanks` },
});

const emailPath = (name: string): string => `emails/${name}.mjml`;
const pagePath = (name: string): string => `pages/${name}.html`;
const sourceOf = (files: LayoutFiles, { kind, name }: Layout): string =>
  (files.get(kind === 'email' ? emailPath(name) : pagePath(name)) ?? Buffer.alloc(0)).toString('utf8');

const languageFor = (tag: string): (typeof LAYOUT_LANGUAGES)[number] =>
  LAYOUT_LANGUAGES.find((language) => language === tag.split('-', 1)[0]) ?? LAYOUT_LANGUAGES[0];

/** Texts of these layouts, and of the footer that all have. */
function textsOf(files: LayoutFiles, tag: string, names: readonly string[]): Texts {
  const all = Texts.parse(parse((files.get(`locales/${tag}.yaml`) ?? Buffer.alloc(0)).toString('utf8')));
  return Object.fromEntries(['footer', ...names].map((name) => [name, all[name] ?? {}]));
}

function picturesIn(files: LayoutFiles, templates: readonly string[]): { path: string; bytes: Buffer }[] {
  return [...files]
    .filter(([path]) => path.startsWith('images/') && templates.some((text) => text.includes(`"${path}"`)))
    .map(([path, bytes]) => ({ path, bytes }));
}

/** Labels of the form in a language that the product has none in. */
const LABELS: Readonly<Record<string, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  company: 'Company',
  phone: 'Phone',
  message: 'Message',
};
const labelsFor = (tag: string): object => (hasBuiltInText(tag, 'form.email') ? {} : { form: LABELS });
