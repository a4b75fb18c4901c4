import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { PublishedVersions } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { CompiledCampaigns } from '#content';
import { DomainError, type SystemActor } from '#kernel';
import type { Activation } from '../activation.js';
import type { LaunchSource } from '../launch/launch-brand.service.js';
import { type LaunchContent, LaunchContents } from '../launch/launch-contents.service.js';
import type { Edition } from './editions.repository.js';
import type { UpdateMerge } from './update-merges.service.js';

/** What an edition is made of, and what was baked from it. */
export interface BakedEdition {
  readonly source: LaunchSource;
  readonly content: LaunchContent;
}

/** The values of editions, and the e-mails and pages baked from them. Call it outside of transactions. */
@Injectable()
export class UpdateSources {
  constructor(
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly contents: LaunchContents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @returns null if the version cannot be shown in the partner's brand. */
  async bake(
    actor: SystemActor,
    activation: Activation,
    { version, after, profile, merged }: UpdateMerge,
  ): Promise<BakedEdition | null> {
    const source = this.sourceOf(activation, { compiled: after, slots: merged.values, profile });
    try {
      return { source, content: await this.contents.bake(actor, activation.id, version, source) };
    } catch (error) {
      // Another try may read a file that could not be read.
      if (error instanceof DomainError && error.kind !== 'unavailable') return null;
      throw error;
    }
  }

  /** @returns null if the vendor has ended the version of the edition. */
  async ofEdition(
    actor: SystemActor,
    activation: Activation,
    { versionId, slots }: Pick<Edition, 'versionId' | 'slots'>,
  ): Promise<LaunchSource | null> {
    const version = await this.published.launched(actor, versionId);
    if (version.status !== 'published') return null;
    const compiled = await this.compiled.load(version.compiledHash);
    return this.sourceOf(activation, { compiled, slots, profile: await this.profiles.current(actor) });
  }

  private sourceOf(
    { slug, locale }: Activation,
    values: Pick<LaunchSource, 'compiled' | 'slots' | 'profile'>,
  ): LaunchSource {
    const page = `${this.config.PUBLIC_URL}/p/${slug}`;
    return { ...values, locale, formAction: `${page}/form`, slug, page };
  }
}
