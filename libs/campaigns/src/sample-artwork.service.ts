import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { composeSocial, type DocumentValues, stampDocument } from '#artwork';
import { BrandProfiles } from '#brand';
import { type Config, CONFIG } from '#config';
import { type CompiledArtworkOnly, CompiledCampaigns, type SocialFormat } from '#content';
import {
  DomainError,
  type Locale,
  notFound,
  type PartnerId,
  type SourceProblem,
  systemActor,
  type VendorId,
} from '#kernel';
import { slotText } from '#rendering';
import { BlobStore, TemporaryFiles } from '#storage';
import type { SHOW_ARTWORK } from './campaigns.jobs.js';
import { StoredBlobs } from './stored-blobs.service.js';
import { SAMPLE_PARTNER } from './sample-brand.js';
import { sampleLogos } from './sample-logo.js';

type Wanted = z.output<typeof SHOW_ARTWORK.data>;

/** Documents and posts of a campaign, and what is wrong with it. */
interface Drawn {
  readonly artwork: CompiledArtworkOnly | null;
  readonly problems: readonly SourceProblem[];
}

const LOGO_BOX = { width: 400, height: 160 };

/**
 * Documents and pictures with sample values and the requested partner name.
 * The logo is the named partner's. Without a partner, or if the partner has no
 * logo, it is a sample. The renderer does this work.
 */
@Injectable()
export class SampleArtwork {
  constructor(
    private readonly compiled: CompiledCampaigns,
    private readonly stored: StoredBlobs,
    private readonly blobs: BlobStore,
    private readonly passing: TemporaryFiles,
    private readonly profiles: BrandProfiles,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * @returns a temporary file with a PDF or a JPEG.
   * @throws DomainError `document.not-found`, `picture.not-found`, or
   *   `artwork.unusable` for a suggested text that does not fit, or for a file
   *   with problems. Problems elsewhere in the campaign do not matter.
   */
  async show(wanted: Wanted): Promise<string> {
    const { artwork, problems } =
      'compiledHash' in wanted.of
        ? { artwork: await this.compiled.load(wanted.of.compiledHash), problems: [] }
        : await this.edited(wanted.of);
    if (artwork === null) throw withMistakes(problems);
    const bytes =
      wanted.kind === 'document' ? await this.document(artwork, wanted) : await this.picture(artwork, wanted);
    if (bytes === null) throw problems.length > 0 ? withMistakes(problems) : missing(wanted);
    return this.passing.save(bytes);
  }

  private async edited({
    vendorId,
    packageHash,
    changes,
    uploads,
  }: Extract<Wanted['of'], { changes: unknown }>): Promise<Drawn> {
    const { problems, artwork, stored } = await this.compiled.check(packageHash, changes, { uploads });
    await this.stored.record({ vendorId: vendorId as VendorId, packageHash: null }, stored);
    return { artwork, problems: problems.filter(({ severity }) => severity === 'error') };
  }

  /** @returns null for a document that the campaign does not have, or that has problems. */
  private async document(
    compiled: CompiledArtworkOnly,
    { key, locale, partnerName, partnerId }: Wanted,
  ): Promise<Buffer | null> {
    const prepared = compiled.documents.find((document) => document.key === key)?.prepared[locale as Locale];
    if (prepared === undefined) return null;
    const values: DocumentValues = {
      logos: await this.logos(partnerId),
      contact: contactLines(partnerName),
      texts: suggestedTexts(compiled, locale as Locale),
      links: this.links(compiled),
    };
    const stamped = await stampDocument(await this.blobs.get(prepared), values);
    if (!stamped.ok) throw unusable(stamped.problems);
    return stamped.pdf;
  }

  /** @returns null for a picture that the campaign does not have, or that has problems. */
  private async picture(
    compiled: CompiledArtworkOnly,
    { key, locale, format, partnerId }: Wanted,
  ): Promise<Buffer | null> {
    const prepared = compiled.social.find((post) => post.key === key)?.prepared[locale as Locale];
    const picture = prepared?.[format as SocialFormat];
    if (picture === undefined) return null;
    const values = { logos: await this.logos(partnerId), texts: suggestedTexts(compiled, locale as Locale) };
    const composed = await composeSocial(await this.blobs.get(picture), values);
    if (!composed.ok) throw unusable(composed.problems);
    return composed.jpeg;
  }

  private async logos(partnerId: string | null): Promise<{ light: Buffer; dark: Buffer }> {
    if (partnerId === null) return sampleLogos();
    const actor = systemActor('vendor preview', { partnerId: partnerId as PartnerId });
    const profile = await this.profiles.current(actor);
    if (profile.logoId === null) return sampleLogos();
    const of = async (surface: 'light' | 'dark'): Promise<Buffer> =>
      this.blobs.get(await this.profiles.logoImage(actor, profile, surface, LOGO_BOX));
    return { light: await of('light'), dark: await of('dark') };
  }

  private links({ definition }: CompiledArtworkOnly): Record<string, string> {
    const page = `${this.config.PUBLIC_URL}/p/preview`;
    return Object.fromEntries(
      Object.entries(definition.links).map(([name, link]) => {
        if (link.kind === 'target') return [name, link.target];
        return [name, link.kind === 'partner' ? SAMPLE_PARTNER.website : page];
      }),
    );
  }
}

function contactLines(partnerName: string): string[] {
  const { contact, address, website } = SAMPLE_PARTNER;
  return [
    partnerName,
    `${contact.name}, ${contact.title}`,
    contact.phone,
    contact.email,
    website.replace(/^https?:\/\/|\/$/g, ''),
    address,
  ];
}

const suggestedTexts = ({ slots }: CompiledArtworkOnly, locale: Locale): Record<string, string> =>
  Object.fromEntries(
    slots.map(({ name, default: suggested }) => [
      name,
      slotText(suggested[locale] ?? { kind: 'paragraphs', blocks: [] }),
    ]),
  );

const missing = ({ kind, key, format }: Wanted): DomainError =>
  kind === 'document' ? notFound('document', key) : notFound('picture', `${key}/${format}`);

function withMistakes(problems: readonly SourceProblem[]): DomainError {
  return new DomainError(
    'artwork.unusable',
    'These files have mistakes, so there is no preview. Correct the listed problems.',
    { problems },
  );
}

function unusable(problems: readonly { code: string; path: string; message: string; remedy: string }[]): DomainError {
  return new DomainError('artwork.unusable', `${problems[0]?.message ?? ''} ${problems[0]?.remedy ?? ''}`, {
    problems: problems.map(({ path, ...rest }) => ({ ...rest, field: path })),
  });
}
