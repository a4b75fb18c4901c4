import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ArtworkType } from '#contracts';
import { composeSocial, type DocumentValues, stampDocument } from '#artwork';
import { type BrandProfile, BrandProfiles, inLocale, provenWebsite } from '#brand';
import { PublishedCampaigns, type PublishedVersion } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, CompiledCampaigns, SOCIAL_FORMATS } from '#content';
import { Database } from '#database';
import {
  type Actor,
  type ActivationId,
  type CampaignVersionId,
  DomainError,
  type Id,
  type Locale,
  newId,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { slotText } from '#rendering';
import { BlobStore, TemporaryFiles } from '#storage';
import type { Activation } from './activation.js';
import { ActivationsRepository } from './activations.repository.js';
import { postTextOf } from './post-text.js';
import { type MadeAsset, SealedAssets } from './sealed-assets.service.js';
import type { SlotWords } from './slot-words.js';

export interface CobrandRequest {
  readonly kind: ArtworkType;
  readonly key: string;
  /** `pdf`, or the size of a picture. */
  readonly format: string;
  readonly locale: Locale;
}

interface CobrandContext {
  readonly actor: Actor;
  readonly profile: BrandProfile;
  readonly version: PublishedVersion;
  readonly compiled: CompiledCampaign;
  /** The partner's own, and the language that they are written in. */
  readonly words: { readonly slots: SlotWords; readonly locale: Locale };
  /** Where a campaign's own page is, or would be. */
  readonly page: string;
}

/**
 * Documents and social pictures in a partner's brand.
 * CPU-bound: the renderer does it.
 */
@Injectable()
export class Cobranding {
  private readonly logger = new Logger(Cobranding.name);

  constructor(
    private readonly database: Database,
    private readonly repository: ActivationsRepository,
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly blobs: BlobStore,
    private readonly passing: TemporaryFiles,
    private readonly seals: SealedAssets,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Makes every document and picture of an activation, in all its locales.
   * Idempotent.
   */
  async makeAssets(activationId: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('renderer', { partnerId });
    const activation = await this.repository.get(actor, activationId);
    const loadContext = await this.ground(
      actor,
      activation.versionId,
      activation,
      `${this.config.PUBLIC_URL}/p/${activation.slug}`,
    );
    for (const request of requestsOf(loadContext.compiled)) {
      const { bytes, mediaType } = await this.make(loadContext, request, activation);
      const blobHash = await this.blobs.put(bytes);
      const id = newId<Id<'asset'>>();
      const asset = { ...request, ...this.textsOf(loadContext, request), id, blobHash, mediaType };
      const receipt = await this.seals.signReceipt(loadContext.version, activation, { ...request, id }, bytes);
      await this.database.inTransaction(actor, async () => {
        if (await this.repository.insertAsset(activation, asset))
          await this.seals.saveReceipt(actor, partnerId, receipt);
      });
    }
  }

  /**
   * Documents and pictures of an activation that are not made yet.
   * Zero if its campaign cannot be read, which is logged.
   */
  async countPending(
    actor: PartnerActor,
    { id, versionId }: Pick<Activation, 'id' | 'versionId'>,
    made: readonly CobrandRequest[],
  ): Promise<number> {
    const known = new Set(made.map(nameOf));
    const version = await this.published.launched(actor, versionId);
    try {
      return requestsOf(await this.compiled.load(version.compiledHash)).filter((one) => !known.has(nameOf(one))).length;
    } catch (error) {
      this.logger.error(`What activation ${id} is made of cannot be read.`, error);
      return 0;
    }
  }

  /**
   * One of them before launch, as a temporary file.
   * @param slots the partner's texts in the requested language; others keep the
   *   suggested text.
   */
  async preview(
    partnerId: PartnerId,
    versionId: CampaignVersionId,
    request: CobrandRequest,
    slots: SlotWords,
  ): Promise<string> {
    const actor = systemActor('renderer', { partnerId });
    const ground = await this.ground(
      actor,
      versionId,
      { slots, locale: request.locale },
      `${this.config.PUBLIC_URL}/p/preview`,
    );
    const { bytes } = await this.make(ground, request, null);
    return this.passing.save(bytes);
  }

  private async ground(
    actor: SystemActor,
    versionId: CampaignVersionId,
    words: CobrandContext['words'],
    page: string,
  ): Promise<CobrandContext> {
    const version = await this.published.launched(actor, versionId);
    const [compiled, profile] = [await this.compiled.load(version.compiledHash), await this.profiles.current(actor)];
    return { actor, profile, version, compiled, words, page };
  }

  /**
   * A file that does not match its seal is refused.
   * @throws DomainError `seal.broken`, recorded if there is an activation.
   */
  private async make(
    ground: CobrandContext,
    request: CobrandRequest,
    activation: Activation | null,
  ): Promise<{ bytes: Buffer; mediaType: string }> {
    const made =
      request.kind === 'document' ? await this.document(ground, request) : await this.picture(ground, request);
    await this.seals.requireMatch(ground.version, activation, request, made);
    const mediaType = request.kind === 'document' ? 'application/pdf' : 'image/jpeg';
    return { bytes: made.bytes, mediaType };
  }

  private async document(ground: CobrandContext, { key, locale }: CobrandRequest): Promise<MadeAsset> {
    const found = ground.compiled.documents.find((document) => document.key === key);
    const prepared = found?.prepared[locale];
    if (prepared === undefined) throw notFound('document', key);
    const stamped = await stampDocument(await this.blobs.get(prepared), await this.documentValues(ground, locale));
    if (stamped.ok) return { bytes: stamped.pdf, pixels: null };
    throw refused('document', stamped.problems);
  }

  private async picture(ground: CobrandContext, { key, locale, format }: CobrandRequest): Promise<MadeAsset> {
    const found = ground.compiled.social.find((post) => post.key === key);
    const prepared = found?.prepared[locale]?.[format as (typeof SOCIAL_FORMATS)[number]];
    if (prepared === undefined) throw notFound('social', `${key}/${format}`);
    const composed = await composeSocial(await this.blobs.get(prepared), {
      logos: await this.logos(ground),
      texts: this.slotTexts(ground, locale),
    });
    if (composed.ok) return { bytes: composed.jpeg, pixels: composed.pixels };
    throw refused('social', composed.problems);
  }

  private async documentValues(ground: CobrandContext, locale: Locale): Promise<DocumentValues> {
    const { profile, compiled, page } = ground;
    const { contact, postalAddress, name, legalName } = inLocale(profile, locale);
    // The profile may have changed since the launch. An unproved website
    // becomes no link, and no text that readers turn into one.
    const website = provenWebsite(profile);
    const lines = [
      legalName ?? name,
      [contact.name, contact.title].filter(Boolean).join(', '),
      contact.phone,
      contact.email,
      website?.replace(/^https?:\/\/|\/$/g, ''),
      ...(postalAddress ?? '').split('\n'),
    ];
    const links = Object.entries(compiled.definition.links).map(([link, target]) => {
      if (target.kind === 'target') return [link, target.target] as const;
      if (target.kind === 'partner') return [link, website ?? page] as const;
      return [link, target.kind === 'page' ? page : `${page}/documents/${target.document}.pdf`] as const;
    });
    return {
      logos: await this.logos(ground),
      contact: lines.filter((line): line is string => Boolean(line?.trim())),
      texts: this.slotTexts(ground, locale),
      links: Object.fromEntries(links),
    };
  }

  private async logos({ actor }: CobrandContext): Promise<{ light: Buffer; dark: Buffer }> {
    const of = async (surface: 'light' | 'dark'): Promise<Buffer> =>
      this.blobs.get(await this.profiles.logoImage(actor, surface, { width: 400, height: 160 }));
    return { light: await of('light'), dark: await of('dark') };
  }

  private slotTexts({ compiled, words }: CobrandContext, locale: Locale): Record<string, string> {
    return Object.fromEntries(
      compiled.slots.map(({ name, default: suggested }) => [
        name,
        slotText(
          (locale === words.locale ? words.slots[name] : undefined) ??
            suggested[locale] ?? { kind: 'paragraphs', blocks: [] },
        ),
      ]),
    );
  }

  private textsOf(
    { compiled, profile }: CobrandContext,
    { kind, key, locale }: CobrandRequest,
  ): { title: string; postText: string | null } {
    if (kind === 'document')
      return {
        title: compiled.documents.find((document) => document.key === key)?.title[locale] ?? key,
        postText: null,
      };
    const text = compiled.social.find((post) => post.key === key)?.text[locale] ?? '';
    return { title: key, postText: postTextOf(text, profile.name) };
  }
}

const nameOf = ({ kind, key, locale, format }: CobrandRequest): string => [kind, key, locale, format].join(' ');

function requestsOf(compiled: CompiledCampaign): CobrandRequest[] {
  const documents = compiled.documents.flatMap(({ key, prepared }) =>
    Object.keys(prepared).map((locale) => ({
      kind: 'document' as const,
      key,
      format: 'pdf',
      locale: locale as Locale,
    })),
  );
  const pictures = compiled.social.flatMap(({ key, prepared }) =>
    Object.keys(prepared).flatMap((locale) =>
      SOCIAL_FORMATS.map((format) => ({ kind: 'social' as const, key, format, locale: locale as Locale })),
    ),
  );
  return [...documents, ...pictures];
}

function refused(
  noun: ArtworkType,
  problems: readonly { code: string; path: string; message: string; wayOut: string }[],
): DomainError {
  return new DomainError(`${noun}.unusable`, `${problems[0]?.message ?? ''} ${problems[0]?.wayOut ?? ''}`, {
    problems: problems.map(({ path, ...rest }) => ({ ...rest, field: path })),
  });
}
