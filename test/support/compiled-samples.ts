import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ingestLogo, fitLogo } from '#artwork';
import { type CampaignPackage, type CompiledCampaign, compilePackage, readPackage } from '#content';
import { type Locale, packageRoot } from '#kernel';
import {
  bake,
  type BakedMaster,
  contrast,
  logoName,
  type Master,
  type PartnerValues,
  type RecipientValues,
} from '#rendering';
import { onceInARun, shareTaskResults } from './once-in-a-run.js';
import { logoBytes, readSeed, type SeedPartner } from '../../libs/starter/src/seed-file.js';
import type { IngestedLogo } from '../../libs/artwork/src/logo.js';

export const ORIGIN = 'https://go.northwind.example';
const CATALOGUES = join(packageRoot(), 'test/golden/right-to-left');
const WRITES_FROM_THE_RIGHT = ['ar', 'he'];

/** A compiled campaign, with the bytes that its hashes name. */
export interface CompiledSample {
  readonly name: string;
  /** Its sources, by path. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly compiled: CompiledCampaign;
  readonly blobs: ReadonlyMap<string, Buffer>;
}

async function shippedPackage(name: string): Promise<CampaignPackage> {
  const read = await readPackage({ folder: join(packageRoot(), 'templates', name) });
  if (!read.ok) throw new Error(JSON.stringify(read.problems, null, 1));
  return read.pkg;
}

/**
 * The first shipped campaign in Arabic and Hebrew: the same sources, with other
 * text catalogues.
 */
function fromTheRight({ files }: CampaignPackage): CampaignPackage {
  const written = (files.get('campaign.yaml') ?? Buffer.alloc(0))
    .toString()
    .replace(/^locales: .*$/m, `locales: [${WRITES_FROM_THE_RIGHT.join(', ')}]`)
    .replace(/\{ en: ('[^']*'|documents\/\S+), de: ('[^']*'|documents\/\S+) \}/g, '{ ar: $1, he: $1 }')
    .replace(/\n {2}en: ('.*')\n {2}de: '.*'/g, '\n  ar: $1\n  he: $1');
  const changed = new Map(files);
  changed.set('campaign.yaml', Buffer.from(written));
  for (const locale of WRITES_FROM_THE_RIGHT)
    changed.set(`locales/${locale}.yaml`, readFileSync(join(CATALOGUES, `${locale}.yaml`)));
  return { files: changed };
}

/** Compiling a shipped campaign takes 8 s of processor time: once in a run. */
const compiled = (name: string, pkg: CampaignPackage): Promise<CompiledSample> =>
  onceInARun(`sample-${name}`, () => compile(name, pkg));

async function compile(name: string, pkg: CampaignPackage): Promise<CompiledSample> {
  shareTaskResults();
  const blobs = new Map<string, Buffer>();
  const result = await compilePackage(pkg, async (bytes) => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    blobs.set(hash, bytes);
    return hash;
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return { name, files: pkg.files, compiled: result.compiled, blobs };
}

const SHIPPED = ['zero-trust-edge', 'cloud-cost-clarity'];

/** The shipped campaigns of these names, compiled. */
export async function shippedSamples(names: readonly string[] = SHIPPED): Promise<CompiledSample[]> {
  const all: CompiledSample[] = [];
  for (const name of names) all.push(await compiled(name, await shippedPackage(name)));
  return all;
}

/** Every shipped campaign, and the first of them in Arabic and Hebrew. */
export async function compiledSamples(): Promise<CompiledSample[]> {
  const edge = await shippedPackage('zero-trust-edge');
  return [...(await shippedSamples()), await compiled('zero-trust-edge-rtl', fromTheRight(edge))];
}

/** A partner of the starter data who has a logo and colours. */
export interface SamplePartner extends SeedPartner {
  readonly read: IngestedLogo;
}

/**
 * Partners of the starter data with their logos read: of every shape and file
 * type.
 */
export const samplePartners = (): Promise<SamplePartner[]> => onceInARun('sample-partners', readPartners);

async function readPartners(): Promise<SamplePartner[]> {
  const complete = readSeed().partners.filter(({ logo, colours }) => logo !== undefined && colours !== undefined);
  const all: SamplePartner[] = [];
  // One after the other: each logo is drawn in a process with a time limit.
  for (const partner of complete) all.push({ ...partner, read: await logoOf(partner) });
  return all;
}

async function logoOf({ logo = '' }: SeedPartner): Promise<IngestedLogo> {
  const result = await ingestLogo(logoBytes(logo));
  if (!result.ok) throw new Error(result.problem.message);
  return result.logo;
}

const inkOn = (surface: string): string =>
  contrast(surface, '#ffffff') >= contrast(surface, '#000000') ? '#ffffff' : '#000000';

/**
 * One partner's copy of an e-mail or page, with the pictures that it asks for
 * by their address.
 */
export interface BakedCopy {
  readonly baked: BakedMaster;
  readonly pictures: ReadonlyMap<string, Buffer>;
}

/**
 * Bakes a master for a partner.
 * @throws Error naming what the renderer refuses.
 */
export async function bakeFor(
  master: Master,
  { compiled, blobs }: CompiledSample,
  guest: SamplePartner,
): Promise<BakedCopy> {
  const pictures = new Map<string, Buffer>();
  const logos: Record<string, string> = {};
  for (const logo of master.needs.logos) {
    const address = `${ORIGIN}/b/${guest.key}-${logoName(logo).replaceAll('.', '-')}.png`;
    logos[logoName(logo)] = address;
    const variant = logo.surface === 'light' ? guest.read.variants.light : guest.read.variants.dark;
    pictures.set(address, await fitLogo(variant, logo));
  }
  const assets: Record<string, string> = {};
  for (const [path, { hash, mediaType }] of Object.entries(compiled.images)) {
    assets[path] = `${ORIGIN}/b/${hash}.${mediaType === 'image/jpeg' ? 'jpg' : 'png'}`;
    pictures.set(assets[path], blobs.get(hash) ?? Buffer.alloc(0));
  }
  const result = bake(master, partnerOf(master, guest, logos, assets), { publicOrigin: ORIGIN, partnerHosts: [] });
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 1));
  return { baked: result.baked, pictures };
}

function partnerOf(
  master: Master,
  guest: SamplePartner,
  logos: Record<string, string>,
  assets: Record<string, string>,
): PartnerValues {
  const { primary = '', secondary = '', link = '' } = guest.colours ?? {};
  return {
    brand: { primary, onPrimary: inkOn(primary), secondary, onSecondary: inkOn(secondary), link },
    partner: {
      name: guest.name,
      legalName: guest.legalName ?? guest.name,
      address: (guest.address ?? '').replace(/\s*\n\s*/g, ', '),
      website: `https://www.${guest.key}.example/`,
      contact: { name: guest.person, title: guest.title, phone: guest.phone ?? '', email: guest.email },
    },
    logos,
    assets,
    slots: Object.fromEntries(master.slots.map((slot) => [slot.name, slot.default])),
    formAction: master.kind === 'page' ? `${ORIGIN}/p/${guest.key}/form` : null,
  };
}

/** A recipient with a value in each field. */
export const readerOf = (master: Master, locale: Locale): RecipientValues => ({
  firstName: { ar: 'ليلى', he: 'נועה' }[locale as string] ?? 'Annemarie',
  lastName: 'Reader',
  company: 'Example & Co',
  email: 'annemarie.reader@customer.example',
  industry: 'finance',
  persona: null,
  stage: null,
  segment: null,
  country: 'DE',
  links: Object.fromEntries(master.links.map((name) => [name, `${ORIGIN}/l/${name}-1`])),
});
