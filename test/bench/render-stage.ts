import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot, parseLocale } from '#kernel';
import {
  bake,
  type BakedMaster,
  compileMaster,
  type Master,
  type PartnerValues,
  prepareMime,
  type PreparedMime,
  type RecipientValues,
} from '#rendering';

/**
 * A template of twenty sections with about 65 KB of HTML, and values for it.
 */
export interface RenderStage {
  readonly source: string;
  readonly master: Master;
  readonly baked: BakedMaster;
  readonly prepared: PreparedMime;
}

const ORIGIN = 'https://go.northwind.example';
export const POLICY = { publicOrigin: ORIGIN, partnerHosts: ['brightwater.example'] };
const SUBJECT = 'Zero-trust edge for {{fallback recipient.company "you"}}';

const SOURCE = readFileSync(join(packageRoot(), 'test/bench/twenty-sections.mjml'), 'utf8');
const named = (pattern: RegExp): string[] => [...new Set([...SOURCE.matchAll(pattern)].map(([, name]) => name ?? ''))];
const LINKS = named(/\{\{links\.(\w+)\}\}/g);
const IMAGES = named(/(images\/[\w.-]+)/g);

export async function openRenderStage(): Promise<RenderStage> {
  const locale = parseLocale('en');
  if (locale === null) throw new Error('English is a locale.');
  const compiled = await compileMaster({
    kind: 'email',
    file: 'emails/twenty-sections.mjml',
    source: SOURCE,
    locale,
    catalogueFile: 'locales/en.yaml',
    catalogue: {},
    links: LINKS,
    images: IMAGES,
    requiredLocks: ['legal', 'footer'],
    subject: SUBJECT,
    preheader: 'Cut incident response time by 42% with {{partner.name}}.',
    form: null,
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const { master } = compiled;
  const baked = bakeFor(master, 0);
  return { source: SOURCE, master, baked, prepared: prepareMime(baked) };
}

/** The brand stage for one partner. */
export function bakeFor(master: Master, partner: number): BakedMaster {
  const result = bake(master, partnerValues(partner), POLICY);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.baked;
}

export function partnerValues(number: number): PartnerValues {
  const address = (name: string): string => `${ORIGIN}/b/${number}-${name.replace(/\W/g, '-')}`;
  return {
    brand: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' },
    partner: {
      name: `Brightwater & Sons ${number}`,
      legalName: 'Brightwater & Sons Networks Ltd',
      address: '1 High Street, Leeds LS1 1AA, United Kingdom',
      website: 'https://www.brightwater.example',
      contact: {
        name: "Ann O'Neil",
        title: 'Senior Consultant',
        phone: '+44 113 496 0000',
        email: 'ann.oneil@brightwater.example',
      },
    },
    logos: { 'light.w180h60.right': address('logo') },
    assets: Object.fromEntries(IMAGES.map((image) => [image, address(image)])),
    slots: {},
    formAction: null,
  };
}

const INDUSTRIES = ['healthcare', 'manufacturing', 'energy', 'finance', 'retail'];

/** Values of one message: five of the contact, and the addresses of the message. */
export function recipient(number: number): RecipientValues {
  const key = number.toString(36).padStart(6, '0');
  return {
    firstName: `Jörg${number % 97}`,
    lastName: `Müller-${number % 89}`,
    company: `Company & Söhne ${number}`,
    email: `person${number}@customer${number % 1000}.example`,
    industry: INDUSTRIES[number % INDUSTRIES.length] ?? null,
    persona: null,
    stage: null,
    segment: null,
    country: 'DE',
    links: Object.fromEntries(
      [...LINKS, 'imprint', 'decoy'].map((link, at) => [link, `${ORIGIN}/l/${at.toString(36)}${key}0123456789abcdef`]),
    ),
  };
}
