import { prepareDocument, prepareSocial } from '#artwork';
import type { SourceProblem } from '#kernel';
import type { CampaignDefinition } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';
import type { ReadDefinition } from '../definition/definition-reader.js';
import { notUtf8, utf8 } from '../definition/yaml-source.js';
import type { CampaignPackage } from '../package/campaign-package.js';
import {
  type CompiledDocument,
  type CompiledPost,
  inEachLocale,
  type StoreBlob,
  SOCIAL_FORMATS,
  type SocialFormat,
} from './compiled-campaign.js';
import type { PlainTextSlot } from './campaign-slots.js';
import { picturePaths } from './package-images.js';

/** Pixel sizes that LinkedIn and Instagram specify. */
const SIZES: Readonly<Record<SocialFormat, { readonly width: number; readonly height: number }>> = {
  landscape: { width: 1200, height: 627 },
  square: { width: 1080, height: 1080 },
  story: { width: 1080, height: 1920 },
};

/** Results of preparing documents and posts. */
export interface CompiledArtwork {
  readonly documents: readonly CompiledDocument[];
  readonly social: readonly CompiledPost[];
  readonly problems: readonly SourceProblem[];
  readonly usedKeys: readonly string[];
  /** Plain-text slots on documents and pictures. */
  readonly plainTextSlots: readonly PlainTextSlot[];
}

/**
 * Prepares every document and every post's pictures of the campaign in each of
 * its locales.
 */
export async function compileArtwork(
  read: ReadDefinition,
  pkg: CampaignPackage,
  catalogues: readonly Catalogue[],
  keep: StoreBlob,
): Promise<CompiledArtwork> {
  const workshop = new ArtworkCompilation(read, pkg, catalogues, keep);
  return workshop.run();
}

class ArtworkCompilation {
  private readonly problems: SourceProblem[] = [];
  private readonly usedKeys: string[] = [];
  private readonly textSlots: PlainTextSlot[] = [];
  private readonly pictures: Readonly<Record<string, Buffer>>;

  constructor(
    private readonly read: ReadDefinition,
    private readonly pkg: CampaignPackage,
    private readonly catalogues: readonly Catalogue[],
    private readonly keep: StoreBlob,
  ) {
    this.pictures = Object.fromEntries([...picturePaths(pkg).keys()].map((path) => [path, this.bytes(path)]));
  }

  async run(): Promise<CompiledArtwork> {
    const documents: CompiledDocument[] = [];
    const social: CompiledPost[] = [];
    for (const key of Object.keys(this.read.definition.documents)) documents.push(await this.document(key));
    for (const key of Object.keys(this.read.definition.social)) social.push(await this.post(key));
    const { problems, usedKeys, textSlots: standings } = this;
    return { documents, social, problems, usedKeys, plainTextSlots: standings };
  }

  private async document(key: string): Promise<CompiledDocument> {
    const { source, title, slots } = this.declared('documents', key);
    for (const [name, slot] of Object.entries(slots)) {
      if (slot.kind !== 'text') continue;
      const place = this.read.source.positionOf(['documents', key, 'slots', name, 'slot']);
      this.textSlots.push({
        tactic: `documents.${key}`,
        file: 'campaign.yaml',
        ...place,
        name: slot.slot,
        maxChars: null,
      });
    }
    const prepared: Record<string, string> = {};
    const done = new Map<string, string>();
    for (const { locale } of this.catalogues) {
      const file = typeof source === 'string' ? source : source[locale];
      if (file === undefined || !this.pkg.files.has(file)) continue;
      // One file for all locales is prepared once.
      const hash = done.get(file) ?? (await this.prepareDocument(key, file, slots));
      if (hash === null) continue;
      done.set(file, hash);
      prepared[locale] = hash;
    }
    return { key, title: inEachLocale(this.catalogues, title), prepared };
  }

  private async prepareDocument(
    key: string,
    file: string,
    slots: CampaignDefinition['documents'][string]['slots'],
  ): Promise<string | null> {
    const result = await prepareDocument({ file, bytes: this.bytes(file), slots });
    if (result.ok) return this.keep(result.prepared);
    for (const { declared, ...problem } of result.problems)
      if (declared === undefined) this.problems.push(problem);
      else {
        const place = this.read.source.positionOf(['documents', key, ...declared]);
        const message = `${file}: ${problem.message}`;
        this.problems.push({ ...problem, message, file: 'campaign.yaml', ...place });
      }
    return null;
  }

  private async post(key: string): Promise<CompiledPost> {
    const { text, link, images } = this.declared('social', key);
    this.checkText(text);
    const prepared: Record<string, Readonly<Record<SocialFormat, string>>> = {};
    for (const catalogue of this.catalogues) {
      const formats: Partial<Record<SocialFormat, string>> = {};
      for (const format of SOCIAL_FORMATS) {
        const hash = await this.preparePicture(`social.${key}`, images[format], format, catalogue);
        if (hash !== null) formats[format] = hash;
      }
      const { landscape, square, story } = formats;
      if (landscape !== undefined && square !== undefined && story !== undefined)
        prepared[catalogue.locale] = { landscape, square, story };
    }
    return { key, text: inEachLocale(this.catalogues, text), link, prepared };
  }

  private async preparePicture(
    tactic: string,
    file: string,
    format: SocialFormat,
    { texts, file: catalogueFile }: Catalogue,
  ): Promise<string | null> {
    if (!this.pkg.files.has(file)) return null;
    const svg = utf8(this.bytes(file));
    if (svg === null) {
      this.problems.push(notUtf8(file, this.bytes(file)));
      return null;
    }
    const source = { file, svg, ...SIZES[format], texts, catalogueFile, images: this.pictures };
    const result = await prepareSocial(source);
    this.usedKeys.push(...result.usedKeys);
    if (!result.ok) {
      this.problems.push(...result.problems);
      return null;
    }
    for (const { name, maxChars } of result.slots)
      this.textSlots.push({ tactic, file, line: null, column: null, name, maxChars });
    return this.keep(result.prepared);
  }

  /** A post is plain text. Only the partner's name is filled in. */
  private checkText(key: string): void {
    for (const { texts, places, file } of this.catalogues) {
      const strange = [...(texts[key] ?? '').matchAll(/\{\{([^{}]*)\}\}/g)].find(
        ([, field]) => field?.trim() !== 'partner.name',
      );
      const place = places.get(key) ?? { line: null, column: null };
      if (strange !== undefined)
        this.problem(
          'field-unknown',
          { file, ...place },
          `A post cannot show ${strange[0]}.`,
          'Use {{partner.name}}, or plain text.',
        );
    }
  }

  private declared<Section extends 'documents' | 'social'>(
    section: Section,
    key: string,
  ): CampaignDefinition[Section][string] {
    const found = this.read.definition[section][key];
    if (found === undefined) throw new Error(`${section}.${key} must exist in the definition.`);
    return found as CampaignDefinition[Section][string];
  }

  private bytes(path: string): Buffer {
    return this.pkg.files.get(path) ?? Buffer.alloc(0);
  }

  private problem(
    code: string,
    place: { readonly file: string; readonly line: number | null; readonly column: number | null },
    message: string,
    remedy: string,
  ): void {
    this.problems.push({ code, severity: 'error', ...place, message, remedy });
  }
}
