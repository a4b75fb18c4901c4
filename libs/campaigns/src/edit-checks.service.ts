import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type Config, CONFIG } from '#config';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { DomainError, type PartnerId, type SourceProblem, type VendorId } from '#kernel';
import { entersByConfirmation } from '#sequencing';
import type { BlobHash } from '#storage';
import { BrandLogos } from './brand-logos.service.js';
import type { CHECK_EDIT, EditCheck, EXPECT_EDITS, SHOW_CANVAS, ShownCanvas } from './campaigns.jobs.js';
import { StoredBlobs } from './stored-blobs.service.js';
import { masterOf, type Preview, samplePreview } from './sample-preview.js';

type Show = NonNullable<z.output<typeof CHECK_EDIT.data>['show']>;

/**
 * Checks of unsaved edits.
 * The renderer does them, because they need a compiler.
 * Without any change, a process that has it compiled answers.
 */
@Injectable()
export class EditChecks {
  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly stored: StoredBlobs,
    private readonly logos: BrandLogos,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns every problem, and the requested template if it can be rendered.
   */
  async check(edit: z.output<typeof CHECK_EDIT.data>): Promise<EditCheck> {
    const { packageHash, changes, uploads, templateHash, show } = edit;
    const { problems, compiled, stored } = await this.compiled.check(packageHash, changes, { uploads, templateHash });
    await this.stored.record({ vendorId: edit.vendorId as VendorId, packageHash: null }, stored);
    return this.answer(problems, compiled, show);
  }

  /** @returns null if the e-mail cannot be rendered. */
  async canvas({
    vendorId,
    packageHash,
    changes,
    uploads,
    show,
  }: z.output<typeof SHOW_CANVAS.data>): Promise<z.output<typeof SHOW_CANVAS.result>> {
    const { compiled, stored } = await this.compiled.canvas(packageHash, changes, uploads, show);
    await this.stored.record({ vendorId: vendorId as VendorId, packageHash: null }, stored);
    const { preview } = await this.answer([], compiled, show);
    return { preview, thanks: preview === null ? null : thanksOf(compiled, show, preview.locale) };
  }

  /** Prepares this process for the first edit of a package. */
  async prepare({ packageHash }: z.output<typeof EXPECT_EDITS.data>): Promise<void> {
    await this.compiled.warmUp(packageHash);
  }

  /**
   * The same for an unchanged version.
   * It was compiled when stored, as it would be published.
   */
  async unchanged(compiledHash: BlobHash, show: Show | null): Promise<EditCheck> {
    const compiled = await this.compiled.load(compiledHash);
    return this.answer(await this.compiled.warnings(compiledHash), compiled, show);
  }

  private async answer(
    problems: readonly SourceProblem[],
    compiled: CompiledCampaign | null,
    show: Show | null,
  ): Promise<EditCheck> {
    if (compiled === null || show === null) return { problems: [...problems], preview: null };
    try {
      return { problems: [...problems], preview: await this.preview(compiled, show) };
    } catch (error) {
      // The template may have been deleted a moment ago, or may not accept
      // these colours. Then there is no preview.
      if (error instanceof DomainError) return { problems: [...problems], preview: null };
      throw error;
    }
  }

  private async preview(compiled: CompiledCampaign, show: Show): Promise<Preview> {
    const logos = await this.logos.shownOf(show.partnerId as PartnerId | null, masterOf(compiled, show));
    return samplePreview(compiled, show, show.brand && { ...show.brand, logos }, this.config.PUBLIC_URL);
  }
}

function thanksOf(compiled: CompiledCampaign | null, { kind, key }: Show, locale: string): ShownCanvas['thanks'] {
  const form = kind === 'page' ? compiled?.pages.find((page) => page.key === key)?.form : null;
  if (compiled === null || form === null || form === undefined) return null;
  const said = (texts: Readonly<Record<string, string>> | undefined): string | null => texts?.[locale] ?? null;
  return {
    text: said(form.thanks) ?? '',
    nextLabel: said(form.next?.label),
    isConfirmed: form.doubleOptIn === true || entersByConfirmation(compiled.definition.sequence, key),
  };
}
