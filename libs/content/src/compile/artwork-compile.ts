import { prepareDocument, prepareSocial } from '#artwork';
import type { Locale, SourceProblem } from '#kernel';
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

/** A result, and what was found on the way to it. */
interface Found<Result> {
  readonly result: Result;
  readonly problems: readonly SourceProblem[];
  readonly usedKeys: readonly string[];
  readonly textSlots: readonly PlainTextSlot[];
}

/**
 * Everything is prepared at once: the subprocesses share it out. One after the
 * other left all but one of them idle. What is found is put together in the
 * order of `campaign.yaml`, so that the compiled campaign, and its hash, do not
 * depend on which came first.
 */
class ArtworkCompilation {
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
    const { documents: documentKeys, social: postKeys } = this.read.definition;
    const [documents, posts] = await Promise.all([
      Promise.all(Object.keys(documentKeys).map((key) => this.document(key))),
      Promise.all(Object.keys(postKeys).map((key) => this.post(key))),
    ]);
    const all = [...documents, ...posts];
    return {
      documents: documents.map(({ result }) => result),
      social: posts.map(({ result }) => result),
      problems: all.flatMap(({ problems }) => problems),
      usedKeys: all.flatMap(({ usedKeys }) => usedKeys),
      plainTextSlots: all.flatMap(({ textSlots }) => textSlots),
    };
  }

  private async document(key: string): Promise<Found<CompiledDocument>> {
    const { source, title, slots } = this.declared('documents', key);
    const textSlots = Object.entries(slots).flatMap(([name, slot]): PlainTextSlot[] => {
      if (slot.kind !== 'text') return [];
      const place = this.read.source.positionOf(['documents', key, 'slots', name, 'slot']);
      return [{ tactic: `documents.${key}`, file: 'campaign.yaml', ...place, name: slot.slot, maxChars: null }];
    });
    const fileOf = (locale: Locale): string | undefined => (typeof source === 'string' ? source : source[locale]);
    // One file for all locales is prepared once.
    const files = [...new Set(this.catalogues.flatMap(({ locale }) => fileOf(locale) ?? []))].filter((file) =>
      this.pkg.files.has(file),
    );
    const made = await Promise.all(files.map((file) => this.prepareDocument(key, file, slots)));
    const hashes = new Map(files.map((file, at) => [file, made[at]?.result ?? null]));
    const prepared = Object.fromEntries(
      this.catalogues.flatMap(({ locale }) => {
        const hash = hashes.get(fileOf(locale) ?? '') ?? null;
        return hash === null ? [] : [[locale, hash]];
      }),
    );
    const problems = made.flatMap((each) => each.problems);
    return {
      result: { key, title: inEachLocale(this.catalogues, title), prepared },
      problems,
      usedKeys: [],
      textSlots,
    };
  }

  private async prepareDocument(
    key: string,
    file: string,
    slots: CampaignDefinition['documents'][string]['slots'],
  ): Promise<Pick<Found<string | null>, 'result' | 'problems'>> {
    const made = await prepareDocument({ file, bytes: this.bytes(file), slots });
    if (made.ok) return { result: await this.keep(made.prepared), problems: [] };
    const problems = made.problems.map(({ declared, ...problem }) => {
      if (declared === undefined) return problem;
      const place = this.read.source.positionOf(['documents', key, ...declared]);
      const message = `${file}: ${problem.message}`;
      return { ...problem, message, file: 'campaign.yaml', ...place };
    });
    return { result: null, problems };
  }

  private async post(key: string): Promise<Found<CompiledPost>> {
    const { text, link, images } = this.declared('social', key);
    const perLocale = await Promise.all(
      this.catalogues.map((catalogue) =>
        Promise.all(
          SOCIAL_FORMATS.map((format) => this.preparePicture(`social.${key}`, images[format], format, catalogue)),
        ),
      ),
    );
    const prepared: Record<string, Readonly<Record<SocialFormat, string>>> = {};
    for (const [at, { locale }] of this.catalogues.entries()) {
      const hashOf = (format: SocialFormat): string | null =>
        perLocale[at]?.[SOCIAL_FORMATS.indexOf(format)]?.result ?? null;
      const [landscape, square, story] = [hashOf('landscape'), hashOf('square'), hashOf('story')];
      if (landscape !== null && square !== null && story !== null) prepared[locale] = { landscape, square, story };
    }
    const pictures = perLocale.flat();
    return {
      result: { key, text: inEachLocale(this.catalogues, text), link, prepared },
      problems: [...this.textProblems(text), ...pictures.flatMap(({ problems }) => problems)],
      usedKeys: pictures.flatMap(({ usedKeys }) => usedKeys),
      textSlots: pictures.flatMap(({ textSlots }) => textSlots),
    };
  }

  private async preparePicture(
    tactic: string,
    file: string,
    format: SocialFormat,
    { texts, file: catalogueFile }: Catalogue,
  ): Promise<Found<string | null>> {
    if (!this.pkg.files.has(file)) return NOTHING;
    const svg = utf8(this.bytes(file));
    if (svg === null) return { ...NOTHING, problems: [notUtf8(file, this.bytes(file))] };
    const source = { file, svg, ...SIZES[format], texts, catalogueFile, images: this.pictures };
    const made = await prepareSocial(source);
    const { usedKeys } = made;
    if (!made.ok) return { result: null, problems: made.problems, usedKeys, textSlots: [] };
    const textSlots = made.slots.map(({ name, maxChars }) => ({
      tactic,
      file,
      line: null,
      column: null,
      name,
      maxChars,
    }));
    return { result: await this.keep(made.prepared), problems: [], usedKeys, textSlots };
  }

  /** A post is plain text. Only the partner's name is filled in. */
  private textProblems(key: string): SourceProblem[] {
    return this.catalogues.flatMap(({ texts, places, file }): SourceProblem[] => {
      const strange = [...(texts[key] ?? '').matchAll(/\{\{([^{}]*)\}\}/g)].find(
        ([, field]) => field?.trim() !== 'partner.name',
      );
      if (strange === undefined) return [];
      const { line, column } = places.get(key) ?? { line: null, column: null };
      const message = `A post cannot show ${strange[0]}.`;
      const remedy = 'Use {{partner.name}}, or plain text.';
      return [{ code: 'field-unknown', severity: 'error', file, line, column, message, remedy }];
    });
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
}

const NOTHING: Found<null> = { result: null, problems: [], usedKeys: [], textSlots: [] };
