import sharp from 'sharp';
import { composeSocial, stampDocument } from '#artwork';
import type { Locale } from '#kernel';
import { buildMime, encodeText, personalise, prepareMime, slotText } from '#rendering';
import type { SigningVendor } from './signing-vendor.js';
import { type CompiledSample, type SamplePartner, bakeFor, ORIGIN, readerOf } from './compiled-samples.js';

const POLICY = { publicOrigin: ORIGIN, partnerHosts: [] };
const MEDIA = { mail: 'email', document: 'document', jpeg: 'picture', png: 'picture' } as const;

/**
 * One partner's files of every medium, as people hold them, with the signed
 * papers that belong to them.
 */
export interface SealedFiles {
  readonly files: Readonly<Record<'mail' | 'page' | 'document' | 'jpeg' | 'png', Buffer>>;
  readonly seal: object;
  readonly receipts: Readonly<Record<keyof typeof MEDIA, object>>;
}

/**
 * The first e-mail, page, document and post of a campaign, made for a guest.
 */
export async function sealedFiles(
  exhibit: CompiledSample,
  guest: SamplePartner,
  notary: SigningVendor,
  locale: Locale,
): Promise<SealedFiles> {
  const { compiled, blobs } = exhibit;
  const [email, page, document, post] = [
    compiled.emails[0]!,
    compiled.pages[0]!,
    compiled.documents[0]!,
    compiled.social[0]!,
  ];
  const [mail, site] = [email.masters[locale]!, page.masters[locale]!];
  const copies = [
    { key: email.key, master: mail, ...(await bakeFor(mail, exhibit, guest)) },
    { key: page.key, master: site, ...(await bakeFor(site, exhibit, guest)) },
  ] as const;
  const built = buildMime(prepareMime(copies[0].baked), readerOf(mail, locale), POLICY, encodeText, {
    messageId: 'one@mail.example',
    headers: [['From', 'Brightwater <news@brightwater.example>']],
  });
  const served = personalise(copies[1].baked, readerOf(site, locale), POLICY);
  const logos = guest.read.variants;
  const texts = Object.fromEntries(compiled.slots.map((slot) => [slot.name, slotText(slot.default[locale]!)]));
  const links = { page: `${ORIGIN}/p/x` };
  const stamped = await stampDocument(blobs.get(document.prepared[locale]!)!, {
    logos,
    contact: [guest.name],
    texts,
    links,
  });
  const composed = await composeSocial(blobs.get(post.prepared[locale]!.landscape)!, { logos, texts });
  if (!built.ok || !served.ok || !stamped.ok || !composed.ok)
    throw new Error('Something of the vendor’s own does not fit.');
  const { width, height, data } = composed.pixels;
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const files = {
    mail: built.raw,
    page: Buffer.from(served.message.html),
    document: stamped.pdf,
    jpeg: composed.jpeg,
    png,
  };
  const keys = { mail: email.key, document: document.key, jpeg: post.key, png: post.key };
  const seal = notary.sealOf(copies);
  const receipt = (of: keyof typeof MEDIA): object =>
    notary.receiptOf(files[of], { medium: MEDIA[of], key: keys[of], locale }, seal);
  return {
    files,
    seal,
    receipts: { mail: receipt('mail'), document: receipt('document'), jpeg: receipt('jpeg'), png: receipt('png') },
  };
}
