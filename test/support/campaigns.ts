import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readPackage, writeZip } from '#content';
import { packageRoot } from '#kernel';
import { CAMPAIGN_YAML, campaignFiles, zipOf } from '../../libs/content/src/package/package.fixture.js';
import type { Browser } from './api.js';

/** A drawn logo of no company. */
export const LOGO = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><rect width="300" height="80" rx="12" fill="#0b5cad"/><circle cx="40" cy="40" r="24" fill="#ffffff"/></svg>',
);

/** One pixel. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A profile with which a partner may launch, but for the logo. */
export const BRAND_PROFILE = {
  name: 'Brightwater IT',
  legalName: 'Brightwater IT Ltd',
  legalLine: null,
  postalAddress: '1 Quay Street\nBristol BS1 4XX',
  countryCode: 'GB',
  timeZone: 'Europe/London',
  website: 'https://www.brightwater.example',
  privacyUrl: 'https://www.brightwater.example/privacy',
  contact: { name: 'Bea Waters', title: 'Sales', phone: '+44 117 496 0000', email: 'bea@brightwater.example' },
  colours: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' },
  locales: {},
};

/** Fills a partner's brand profile, so that it may launch. */
export async function fillBrand(owner: Browser, changes: Partial<typeof BRAND_PROFILE> = {}): Promise<void> {
  await fillWords(owner, changes);
  await owner.put('/api/v1/brand-profile/logo').attach('file', LOGO, 'logo.svg').expect(200);
}

/** On the website, which is the host that a test confirms. */
const legalPages = ({ website = BRAND_PROFILE.website, countryCode = '' }: Partial<typeof BRAND_PROFILE>) => ({
  privacyUrl: new URL('/privacy', website).href,
  ...(['DE', 'AT', 'CH'].includes(countryCode) ? { imprintUrl: new URL('/imprint', website).href } : {}),
});

/** All of it but the logo. */
export async function fillWords(owner: Browser, changes: Partial<typeof BRAND_PROFILE> = {}): Promise<void> {
  const { headers } = await owner.get('/api/v1/brand-profile').expect(200);
  await owner
    .put('/api/v1/brand-profile', { ...BRAND_PROFILE, ...legalPages(changes), ...changes })
    .set('If-Match', headers['etag']!)
    .expect(200);
}

/** The zip of the smallest campaign: one e-mail in two languages. */
export const smallCampaign = (name: string, summary = 'Stop breaches where they start.'): Promise<Buffer> =>
  zipOf(
    campaignFiles({
      'campaign.yaml': CAMPAIGN_YAML.replace('name: zero-trust-edge', `name: ${name}`).replace(
        'Stop breaches where they start.',
        summary,
      ),
    }),
  );

/**
 * The smallest campaign, with a link in the partner's colour on a ground of the
 * vendor's.
 */
export const campaignWithLinkOn = (ground: string, name: string): Promise<Buffer> => {
  const welcome = campaignFiles().get('emails/welcome.mjml')!.toString();
  const link = `<mj-text container-background-color="${ground}"><a href="{{links.demo}}" style="color: {{brand.link}}">Read it</a></mj-text>`;
  return zipOf(
    campaignFiles({
      'campaign.yaml': CAMPAIGN_YAML.replace('name: zero-trust-edge', `name: ${name}`),
      'emails/welcome.mjml': welcome.replace('<tc-slot', `${link}<tc-slot`),
    }),
  );
};

/** The smallest campaign, with a button, a choice, a block and a picture that are the partner's. */
export const campaignWithChoices = (name: string): Promise<Buffer> => {
  const welcome = campaignFiles().get('emails/welcome.mjml')!.toString();
  const markup =
    '<tc-button name="cta" label="Your button" max-chars="20" links="partner" href="{{links.demo}}">Book it</tc-button>' +
    '<tc-choice name="proof" label="Proof"><tc-option name="study" label="A study"><mj-text>Read the study</mj-text></tc-option><tc-option name="quote" label="A quote"><mj-text>Read the quote</mj-text></tc-option></tc-choice>' +
    '<tc-optional name="event" label="The event"><mj-text>Meet us in Leeds</mj-text></tc-optional>' +
    '<tc-picture name="team" label="Your team" ratio="3:2" min-width="600" src="images/hero.png" alt="A network" />';
  return zipOf(
    campaignFiles({
      'campaign.yaml': CAMPAIGN_YAML.replace('name: zero-trust-edge', `name: ${name}`),
      'emails/welcome.mjml': welcome.replace('<tc-slot', `${markup}<tc-slot`),
      'images/hero.png': DOT,
    }),
  );
};

interface Definition {
  locales: string[];
  summary: Record<string, string>;
  social: Record<string, unknown>;
  pages: Record<string, { form?: object }>;
  documents: Record<string, { source: Record<string, string> }>;
}

/**
 * The zip of a shipped campaign with every kind of asset but posts, in English.
 * Its title and its sequence can be others.
 * @param options `posts`: with one post. Each launch then draws, checks and
 *   seals three pictures, which takes a fifth of its processor time.
 * @param grow changes the MJML of the welcome mail.
 */
export async function wholeCampaign(
  name: string,
  summary = 'All that a campaign can have.',
  {
    form = {},
    posts = false,
    page = (html) => html,
    ...changes
  }: {
    readonly posts?: boolean;
    /** Changes the HTML of the landing page. */
    readonly page?: (html: string) => string;
    readonly title?: Readonly<Record<string, string>>;
    readonly emails?: Readonly<Record<string, never>>;
    readonly sequence?: unknown;
    readonly leads?: unknown;
    readonly documents?: unknown;
    readonly form?: object;
  } = {},
  grow: (welcome: string) => string = (welcome) => welcome,
): Promise<Buffer> {
  const read = await readPackage({ folder: join(packageRoot(), 'templates/zero-trust-edge') });
  if (!read.ok) throw new Error(`The shipped campaign is broken: ${JSON.stringify(read.problems)}`);
  const files = new Map(read.pkg.files);
  const whole = parse(files.get('campaign.yaml')!.toString()) as Definition;
  const { announce } = whole.social;
  const definition = withoutGerman({
    ...whole,
    name,
    summary: { en: summary },
    locales: ['en'],
    social: posts ? { announce } : {},
    pages: Object.fromEntries(
      Object.entries(whole.pages).map(([key, page]) => [key, { ...page, form: { ...page.form, ...form } }]),
    ),
    ...changes,
  });
  files.set('campaign.yaml', Buffer.from(stringify(definition)));
  files.delete('locales/de.yaml');
  const write = (path: string, change: (source: string) => string): void =>
    void files.set(path, Buffer.from(change(files.get(path)!.toString())));
  write('emails/welcome.mjml', grow);
  write('pages/landing.html', page);
  return writeZip({ files });
}

function withoutGerman(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGerman);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'de');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutGerman(inner)]));
}

export interface UploadedVersion {
  readonly campaignId: string;
  readonly versionId: string;
  /** `/api/v1/campaigns/…/versions/1` */
  readonly path: string;
}

export async function upload(editor: Browser, zip: Buffer): Promise<UploadedVersion> {
  const { body } = await editor.post('/api/v1/campaigns').attach('package', zip, 'package.zip').expect(201);
  const { campaignId, id } = body as { campaignId: string; id: string };
  return { campaignId, versionId: id, path: `/api/v1/campaigns/${campaignId}/versions/1` };
}

/**
 * Brings a new campaign all the way: uploaded and submitted by one person,
 * approved by another.
 */
export async function publish(
  by: { readonly editor: Browser; readonly approver: Browser },
  zip: Buffer,
  availability: { partnerGroupIds: readonly string[]; opensOn: string; closesOn: string },
): Promise<UploadedVersion> {
  const version = await upload(by.editor, zip);
  await by.editor.post(`${version.path}/submit`).expect(200);
  await by.approver.post(`${version.path}/approve`).expect(200);
  await by.editor.post(`${version.path}/publish`, availability).expect(200);
  return version;
}

let launches = 0;

/** An idempotency key that no other launch of this file has. */
export const launchKey = (): string => `launch-key-${launches++}`;

/** Replaces the placeholders of a newsletter, and writes an address into its footer. */
export async function writeNewsletter(editor: Browser, id: string): Promise<void> {
  const path = `/api/v1/newsletters/${id}`;
  const { campaignId, versionNumber, groupIds, roles } = (await editor.get(path).expect(200)).body;
  const files = (await editor.get(`/api/v1/campaigns/${campaignId}/versions/${versionNumber}/files`).expect(200)).body;
  const texts = (files.files as { path: string; text: string | null }[]).filter((file) =>
    file.path.startsWith('locales/'),
  );
  await editor
    .put(`/api/v1/campaigns/${campaignId}/draft-files`, {
      basedOn: files.packageHash,
      files: texts.map((file) => ({
        kind: 'text',
        path: file.path,
        revision: null,
        text: file.text!.replace(/\[(?:Your|Ihre?n?) ([^\]]+)\]/g, 'Our $1'),
      })),
    })
    .expect(200);
  await editor.put(path, { groupIds, roles, senderAddress: '1 High Street, London' }).expect(200);
}
