import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { COBRAND_ASSETS, COBRAND_PREVIEW, Cobranding } from '#activations';
import { INGEST_LOGO, LogoReader, type LogoReading } from '#brand';
import { StoredBlobs } from '#campaigns';
import { ContactImporter, IMPORT_CONTACTS } from '#contacts';
import { COMPILE_PACKAGE, CompiledCampaigns } from '#content';
import { Handles } from '#jobs';
import type { ActivationId, CampaignVersionId, Locale, PartnerId, VendorId } from '#kernel';
import { TemporaryFiles } from '#storage';

type DataOf<Job extends { readonly data: z.ZodType }> = z.output<Job['data']>;

/** Jobs that need much CPU or read large files, and the service that does each. */
@Injectable()
export class RendererHandlers {
  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly stored: StoredBlobs,
    private readonly cobranding: Cobranding,
    private readonly logos: LogoReader,
    private readonly importer: ContactImporter,
    private readonly temporary: TemporaryFiles,
  ) {}

  @Handles(COMPILE_PACKAGE)
  async compilePackage({
    file,
    vendorId,
    templateHash,
  }: DataOf<typeof COMPILE_PACKAGE>): Promise<z.output<(typeof COMPILE_PACKAGE)['result']>> {
    const compilation = await this.compiled.compile(await this.temporary.readOnce(file), templateHash);
    if (compilation.ok) {
      const { packageHash, compiledHash, stored } = compilation;
      await this.stored.record({ vendorId: vendorId as VendorId, packageHash }, stored);
      return { packageHash, compiledHash };
    }
    return { problemsFile: await this.temporary.save(Buffer.from(JSON.stringify(compilation.problems))) };
  }

  @Handles(COBRAND_ASSETS)
  async cobrandAssets({ activationId, partnerId }: DataOf<typeof COBRAND_ASSETS>): Promise<void> {
    await this.cobranding.makeAssets(activationId as ActivationId, partnerId as PartnerId);
  }

  @Handles(COBRAND_PREVIEW)
  async cobrandPreview(data: DataOf<typeof COBRAND_PREVIEW>): Promise<{ file: string }> {
    const { partnerId, versionId, slots, locale, ...shown } = data;
    const request = { ...shown, locale: locale as Locale };
    const file = await this.cobranding.preview(partnerId as PartnerId, versionId as CampaignVersionId, request, slots);
    return { file };
  }

  @Handles(INGEST_LOGO)
  async readLogo({ file }: DataOf<typeof INGEST_LOGO>): Promise<LogoReading> {
    return this.logos.read(await this.temporary.readOnce(file));
  }

  /** On a queue of its own: a large file does not delay previews. */
  @Handles(IMPORT_CONTACTS)
  async importContacts({ importId, partnerId }: DataOf<typeof IMPORT_CONTACTS>): Promise<void> {
    await this.importer.run(importId, partnerId);
  }
}
