import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { type DocumentValues, prepareDocument, prepareSocial } from '#artwork';
import { packageRoot } from '#kernel';
import type { DocumentSlotRule } from '../../libs/artwork/src/document/document-slot.js';

const file = (path: string): Buffer => readFileSync(join(packageRoot(), 'templates/zero-trust-edge', path));

/** A shipped brochure, as drawn by its vendor and as prepared. */
export const BROCHURE = file('documents/brochure.en.pdf');
const RULES = {
  logo: { kind: 'logo', surface: 'light' },
  contact: { kind: 'contact' },
  offer: { kind: 'text', slot: 'offer', size: 11, minSize: 8 },
  qr: { kind: 'qr', link: 'page' },
  cta: { kind: 'link', link: 'page' },
} as const satisfies Record<string, DocumentSlotRule>;

export async function preparedBrochure(): Promise<Buffer> {
  const result = await prepareDocument({ file: 'documents/brochure.en.pdf', bytes: BROCHURE, slots: RULES });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.prepared;
}

/** A partner's own logo, as stored for documents: 800 × 320 pixels. */
export async function partnerLogo(number: number): Promise<Buffer> {
  const hue = (number * 37) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="320"><rect y="70" width="190" height="190" rx="44" fill="hsl(${hue},70%,35%)"/><circle cx="95" cy="165" r="${40 + (number % 30)}" fill="#fff"/><text x="230" y="200" font-family="Noto Sans" font-size="88" font-weight="bold" fill="#14213d">Partner ${number}</text></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

export function documentValues(number: number, logo: Buffer): DocumentValues {
  return {
    logos: { light: logo, dark: logo },
    contact: [
      `Brightwater & Sons Networks ${number} Ltd`,
      'Ann O’Neil, Senior Consultant',
      `+44 113 496 ${String(number % 10_000).padStart(4, '0')}`,
      `ann.oneil@partner${number}.example`,
      '1 High Street, Leeds LS1 1AA, United Kingdom',
    ],
    texts: { offer: `Until 30 November we install your first ${2 + (number % 7)} sites free of charge.` },
    links: { page: `https://go.northwind.example/p/partner-${number}-0123456789abcdef` },
  };
}

/** A shipped post of 1200 × 627 pixels, prepared. */
export async function preparedPost(): Promise<Buffer> {
  const result = await prepareSocial({
    file: 'social/announce.landscape.svg',
    svg: file('social/announce.landscape.svg')
      .toString('utf8')
      .replace(/\{\{t "[^"]*"\}\}/g, 'Zero trust, in plain words'),
    width: 1200,
    height: 627,
    texts: {},
    catalogueFile: 'locales/en.yaml',
    images: { 'images/hero.jpg': file('images/hero.jpg'), 'images/northwind.png': file('images/northwind.png') },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.prepared;
}
