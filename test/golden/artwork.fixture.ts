import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ingestLogo, prepareDocument } from '#artwork';
import { packageRoot } from '#kernel';
import type { DocumentSlotRule } from '../../libs/artwork/src/document/document-slot.js';
import type { SocialValues } from '../../libs/artwork/src/social/compose-social.js';

const file = (path: string): Buffer => readFileSync(join(packageRoot(), 'templates', path));
const RULES = {
  logo: { kind: 'logo', surface: 'light' },
  contact: { kind: 'contact' },
  offer: { kind: 'text', slot: 'offer', size: 11, minSize: 8 },
  qr: { kind: 'qr', link: 'page' },
  cta: { kind: 'link', link: 'page' },
} as const satisfies Record<string, DocumentSlotRule>;

/** A shipped brochure, prepared. */
export async function preparedDocument(): Promise<Buffer> {
  const source = { file: 'brochure.en.pdf', bytes: file('zero-trust-edge/documents/brochure.en.pdf'), slots: RULES };
  const result = await prepareDocument(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.prepared;
}

let logos: Promise<Pick<SocialValues, 'logos'>> | null = null;

/** A shipped partner's logo. */
export const logoValues = (): Promise<Pick<SocialValues, 'logos'>> => (logos ??= readLogo());

async function readLogo(): Promise<Pick<SocialValues, 'logos'>> {
  const result = await ingestLogo(file('seed/logos/cascade.png'));
  if (!result.ok) throw new Error(result.problem.message);
  return { logos: result.logo.variants };
}
