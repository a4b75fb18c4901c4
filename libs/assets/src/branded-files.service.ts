import { Injectable } from '@nestjs/common';
import { brandPicture, type DocumentValues, prepareLibraryDocument, stampDocument } from '#artwork';
import { BrandProfiles, contactLines, provenWebsite } from '#brand';
import { Database } from '#database';
import { DomainError, type Locale, notFound, type PartnerId, parseLocale, systemActor } from '#kernel';
import { BlobStore, TemporaryFiles } from '#storage';
import { type Asset, type AssetId, isBrandable } from './asset.js';
import { AssetsRepository } from './assets.repository.js';

const LOGO = { width: 400, height: 160 } as const;
const ENGLISH = parseLocale('en');

/** Copies of shared files in a partner's brand. CPU-bound: the renderer makes them. */
@Injectable()
export class BrandedFiles {
  constructor(
    private readonly database: Database,
    private readonly rows: AssetsRepository,
    private readonly profiles: BrandProfiles,
    private readonly blobs: BlobStore,
    private readonly temporary: TemporaryFiles,
  ) {}

  /**
   * @param locale of the contact; BCP 47.
   * @returns a temporary file: a PDF, or a PNG of a picture.
   * @throws DomainError `asset.not-found`, `asset.not-brandable`,
   *   `logo.missing`, `asset.unfillable`.
   */
  async make(assetId: AssetId, partnerId: PartnerId, locale: string): Promise<string> {
    const actor = systemActor('renderer', { partnerId });
    const asset = await this.database.inTransaction(actor, () => this.rows.get(assetId));
    if (asset.file === null) throw notFound('file', assetId);
    requireBrandable(asset);
    const bytes = await this.blobs.get(asset.file.hash);
    const profile = await this.profiles.current(actor);
    const logoOn = async (surface: 'light' | 'dark'): Promise<Buffer> =>
      this.blobs.get(await this.profiles.logoImage(actor, profile, surface, LOGO));
    const logos = { light: await logoOn('light'), dark: await logoOn('dark') };
    if (asset.kind !== 'document')
      return this.temporary.save(await brandPicture(bytes, logos.light, asset.branding?.logo ?? 'bottom-right'));
    const website = provenWebsite(profile);
    const tag = (parseLocale(locale) ?? ENGLISH) as Locale;
    return this.temporary.save(
      await document(asset, bytes, {
        logos,
        contact: contactLines(profile, tag),
        texts: {},
        links: website === null ? {} : { website },
      }),
    );
  }
}

async function document({ file, branding }: Asset, bytes: Buffer, values: DocumentValues): Promise<Buffer> {
  const prepared = await prepareLibraryDocument({ file: file?.name ?? '', bytes, branding });
  if (!prepared.ok) throw unfillable(prepared.problems);
  const stamped = await stampDocument(prepared.prepared, values);
  if (!stamped.ok) throw unfillable(stamped.problems);
  return stamped.pdf;
}

/** @throws DomainError `asset.not-brandable`. */
export function requireBrandable(asset: Asset): void {
  if (isBrandable(asset)) return;
  throw new DomainError(
    'asset.not-brandable',
    `"${asset.title}" has no place for your logo. Download it as it is.`,
    { title: asset.title },
    { kind: 'conflict' },
  );
}

const unfillable = ([problem]: readonly { readonly message: string; readonly remedy: string }[]): DomainError =>
  new DomainError('asset.unfillable', `${problem?.message ?? ''} ${problem?.remedy ?? ''}`, {}, { kind: 'conflict' });
