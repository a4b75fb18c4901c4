import type { SealedMaster } from '#contracts';
import {
  logoName,
  bake,
  type BakedMaster,
  buildMime,
  encodeText,
  type Master,
  type PartnerValues,
  personalise,
  prepareMime,
  type PreparedMime,
  type RecipientValues,
  type UrlPolicy,
} from '#rendering';
import { type PinnedValues, prepareCopy, type PreparedCopy, sealMaster } from '#seal';
import { shippedSamples } from './compiled-samples.js';

const POLICY: UrlPolicy = {
  publicOrigin: 'https://go.northwind.example',
  partnerHosts: ['brightwater.example'],
};

/** A master of a shipped campaign, as it was compiled and as it was sealed. */
export interface ShippedMaster {
  readonly name: string;
  readonly master: Master;
  readonly sealed: SealedMaster;
}

/** Every e-mail and page of the shipped campaigns, in every locale. */
export async function shippedMasters(): Promise<ShippedMaster[]> {
  const all: ShippedMaster[] = [];
  for (const { name, compiled } of await shippedSamples())
    for (const { key, masters } of [...compiled.emails, ...compiled.pages])
      for (const master of Object.values(masters))
        all.push({ name: `${name}/${key}.${master.locale}`, master, sealed: sealMaster(key, master) });
  return all;
}

/** A partner's copy of a master, with what verifies it. */
export interface PartnerCopy extends ShippedMaster {
  readonly baked: BakedMaster;
  readonly mime: PreparedMime;
  readonly copy: PreparedCopy;
  /** The same for its HTML alone. */
  readonly htmlCopy: PreparedCopy;
}

/** @returns null when the renderer refuses the values. */
export function partnerCopy(shipped: ShippedMaster, values: PartnerValues): PartnerCopy | null {
  const result = bake(shipped.master, values, POLICY);
  if (!result.ok) return null;
  const { baked } = result;
  const known = {
    origins: [POLICY.publicOrigin],
    partner: { partnerHosts: POLICY.partnerHosts, values: baked.values },
  };
  const copy = prepareCopy(shipped.sealed, known);
  const htmlCopy = prepareCopy({ ...shipped.sealed, kind: 'page' }, known);
  return { ...shipped, baked, mime: prepareMime(baked), copy, htmlCopy };
}

/** Values with which every shipped master can be baked. */
export function valuesFor({ master }: ShippedMaster, changes: Partial<PartnerValues['partner']> = {}): PartnerValues {
  return {
    brand: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' },
    partner: {
      name: 'Brightwater & Sons',
      legalName: 'Brightwater IT Ltd',
      address: '1 High Street, Leeds LS1 1AA',
      website: 'https://www.brightwater.example/',
      contact: {
        name: "Ann O'Neil",
        title: 'Consultant',
        phone: '+44 (0)113 496 0000',
        email: 'ann@brightwater.example',
      },
      ...changes,
    },
    logos: Object.fromEntries(
      master.needs.logos.map((logo) => [logoName(logo), `${POLICY.publicOrigin}/b/${logo.surface}${logo.width}.png`]),
    ),
    assets: Object.fromEntries(master.needs.images.map((path) => [path, `${POLICY.publicOrigin}/b/${path}`])),
    slots: {},
    formAction: master.kind === 'page' ? `${POLICY.publicOrigin}/p/brightwater/form` : null,
  };
}

/** The links of one message. */
export const linksOf = ({ master }: ShippedMaster, message: string): Record<string, string> =>
  Object.fromEntries(master.links.map((name) => [name, `${POLICY.publicOrigin}/l/${name}-${message}`]));

/**
 * @returns the mail's bytes, or null when the recipient lacks a value that is
 *   required.
 */
export function mailOf({ mime }: PartnerCopy, recipient: RecipientValues): Buffer | null {
  const built = buildMime(mime, recipient, POLICY, encodeText, {
    messageId: 'one@mail.example',
    headers: [
      ['From', 'Brightwater <news@brightwater.example>'],
      ['To', '<reader@customer.example>'],
      ['Date', 'Fri, 01 May 2026 09:00:00 +0000'],
      ['Message-ID', '<one@mail.example>'],
    ],
  });
  return built.ok ? built.raw : null;
}

/** @returns the page's bytes, or null as above. */
export function pageOf({ baked }: PartnerCopy, recipient: RecipientValues): string | null {
  const result = personalise(baked, recipient, POLICY);
  return result.ok ? result.message.html : null;
}

/** Everything that is known of a recipient. */
export function pinsOf({ links, ...fields }: RecipientValues): PinnedValues {
  return new Map<string, string | null>([
    ...Object.entries(fields).map(([field, value]) => [`recipient.${field}`, value] as const),
    ...Object.entries(links).map(([name, url]) => [`links.${name}`, url] as const),
  ]);
}
