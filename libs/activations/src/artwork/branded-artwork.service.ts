import { Injectable } from '@nestjs/common';
import { composeSocial, type DocumentValues, stampDocument } from '#artwork';
import { type BrandProfile, BrandProfiles, contactLines } from '#brand';
import { type PublishedVersion, PublishedVersions } from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns, SOCIAL_FORMATS } from '#content';
import { type ArtworkType, withSource } from '#contracts';
import { type Actor, type CampaignVersionId, DomainError, type Locale, notFound, type SystemActor } from '#kernel';
import { slotText } from '#rendering';
import { BlobStore } from '#storage';
import type { Activation } from '../activation.js';
import type { CobrandRequest } from './cobrand-request.js';
import { campaignLinks } from '../branding/link-targets.js';
import { postTextOf } from '../branding/post-text.js';
import { type MadeAsset, SealedAssets } from '../sealing/sealed-assets.service.js';
import type { SlotTexts } from '../branding/slot-texts.js';

/** What the files of one partner are filled with. */
export interface CobrandContext {
  readonly profile: BrandProfile;
  readonly version: PublishedVersion;
  readonly compiled: CompiledCampaign;
  /** The partner's own, and the language that they are written in. */
  readonly words: { readonly slots: SlotTexts; readonly locale: Locale };
  /** Where a campaign's own page is, or would be. */
  readonly page: string;
  /** Reads the partner's logos, once for all files. @throws DomainError `logo.missing`. */
  readonly logos: () => Promise<PartnerLogos>;
}

/** PNG, for light and for dark surfaces. */
interface PartnerLogos {
  readonly light: Buffer;
  readonly dark: Buffer;
}

/** Draws one document or picture in a partner's brand, and checks its seal. */
@Injectable()
export class BrandedArtwork {
  constructor(
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly blobs: BlobStore,
    private readonly seals: SealedAssets,
  ) {}

  async loadContext(
    actor: SystemActor,
    versionId: CampaignVersionId,
    words: CobrandContext['words'],
    page: string,
  ): Promise<CobrandContext> {
    const version = await this.published.launched(actor, versionId);
    const [compiled, profile] = [await this.compiled.load(version.compiledHash), await this.profiles.current(actor)];
    let read: Promise<PartnerLogos> | null = null;
    return { profile, version, compiled, words, page, logos: () => (read ??= this.logos(actor, profile)) };
  }

  /**
   * A file that does not match its seal is refused.
   * @throws DomainError `seal.broken`, recorded if there is an activation.
   */
  async make(
    context: CobrandContext,
    request: CobrandRequest,
    activation: Activation | null,
  ): Promise<{ bytes: Buffer; mediaType: string }> {
    const made =
      request.kind === 'document' ? await this.document(context, request) : await this.picture(context, request);
    await this.seals.requireMatch(context.version, activation, request, made);
    const mediaType = request.kind === 'document' ? 'application/pdf' : 'image/jpeg';
    return { bytes: made.bytes, mediaType };
  }

  private async document(context: CobrandContext, { key, locale }: CobrandRequest): Promise<MadeAsset> {
    const found = context.compiled.documents.find((document) => document.key === key);
    const prepared = found?.prepared[locale];
    if (prepared === undefined) throw notFound('document', key);
    const stamped = await stampDocument(await this.blobs.get(prepared), await this.documentValues(context, locale));
    if (stamped.ok) return { bytes: stamped.pdf, pixels: null };
    throw refused('document', stamped.problems);
  }

  private async picture(context: CobrandContext, { key, locale, format }: CobrandRequest): Promise<MadeAsset> {
    const found = context.compiled.social.find((post) => post.key === key);
    const prepared = found?.prepared[locale]?.[format as (typeof SOCIAL_FORMATS)[number]];
    if (prepared === undefined) throw notFound('social', `${key}/${format}`);
    const composed = await composeSocial(await this.blobs.get(prepared), {
      logos: await context.logos(),
      texts: this.slotTexts(context, locale),
    });
    if (composed.ok) return { bytes: composed.jpeg, pixels: composed.pixels };
    throw refused('social', composed.problems);
  }

  private async documentValues(context: CobrandContext, locale: Locale): Promise<DocumentValues> {
    const links = campaignLinks(context).map(({ name, url }): [string, string] => [name, url]);
    return {
      logos: await context.logos(),
      contact: contactLines(context.profile, locale),
      texts: this.slotTexts(context, locale),
      links: Object.fromEntries(links),
      codes: Object.fromEntries(
        links.flatMap(([name, url]) => (url === context.page ? [[name, withSource(url, 'qr')]] : [])),
      ),
    };
  }

  private async logos(actor: Actor, profile: BrandProfile): Promise<PartnerLogos> {
    const of = async (surface: 'light' | 'dark'): Promise<Buffer> =>
      this.blobs.get(await this.profiles.logoImage(actor, profile, surface, { width: 400, height: 160 }));
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

  /** How the file is listed. */
  titleAndText(
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

function refused(
  noun: ArtworkType,
  problems: readonly { code: string; path: string; message: string; remedy: string }[],
): DomainError {
  return new DomainError(`${noun}.unusable`, `${problems[0]?.message ?? ''} ${problems[0]?.remedy ?? ''}`, {
    problems: problems.map(({ path, ...rest }) => ({ ...rest, field: path })),
  });
}
