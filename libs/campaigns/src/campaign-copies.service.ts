import { Injectable } from '@nestjs/common';
import { BrandKits } from '#brand';
import {
  type CampaignDefinition,
  type CampaignPackage,
  copyPackage,
  readDefinition,
  unzipPackage,
  writeZip,
} from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type CampaignId, DomainError, type SourceProblem, type VendorActor } from '#kernel';
import { CampaignDrafts } from './campaign-drafts.service.js';
import { CampaignLibrary } from './campaign-library.service.js';
import { campaignNameOf, freeName } from './campaign-name.js';
import type { CampaignVersion } from './campaign-version.js';
import { CampaignsRepository } from './campaigns.repository.js';
import { type Layout, type LayoutContent, layoutContent, layoutPackage, LAYOUT_LANGUAGES } from './layout-package.js';
import { PackageQuota } from './package-quota.service.js';
import {
  layoutFiles,
  newsletterPackage,
  shippedLayout,
  shippedLayouts,
  templateNames,
  templatePackage,
} from './shipped-templates.js';
import { StoredBlobs } from './stored-blobs.service.js';

/**
 * The source of a new campaign: a shipped template or layout, or a version of
 * the vendor's.
 */
export type CopySource =
  | { readonly template: string }
  | { readonly layout: string }
  | { readonly campaignId: CampaignId; readonly number: number };

/** What its author chooses for a new campaign. */
export interface NewCampaign {
  readonly title: string;
  /** The first is the default; absent: those of the source. */
  readonly languages?: readonly string[] | undefined;
  /** Absent: that of the source. */
  readonly theme?: string | undefined;
}

/** Of a campaign from a layout whose author chose none. */
const NO_THEME = 'general';

/** New campaigns from a template, a layout or an existing campaign. */
@Injectable()
export class CampaignCopies {
  constructor(
    private readonly database: Database,
    private readonly rows: CampaignsRepository,
    private readonly library: CampaignLibrary,
    private readonly drafts: CampaignDrafts,
    private readonly quota: PackageQuota,
    private readonly stored: StoredBlobs,
    private readonly kits: BrandKits,
  ) {}

  /** The shipped layouts of e-mails and pages, in the order of the gallery. */
  async layouts(actor: VendorActor): Promise<readonly Layout[]> {
    requirePermission(actor, 'campaigns.read');
    return shippedLayouts();
  }

  /**
   * A layout's parts, to add it to a draft.
   * @throws DomainError `campaign-layout.not-found`.
   */
  async layout(actor: VendorActor, name: string): Promise<Layout & LayoutContent> {
    requirePermission(actor, 'campaigns.read');
    const layout = await shippedLayout(name);
    return { ...layout, ...layoutContent(await layoutFiles(), layout) };
  }

  /** The shipped templates, by name. */
  async templates(actor: VendorActor): Promise<readonly CampaignDefinition[]> {
    requirePermission(actor, 'campaigns.read');
    const definitions = (await templateNames()).map(async (name) => {
      const pkg = await templatePackage(name);
      return readDefinition(pkg.files.get('campaign.yaml') ?? Buffer.alloc(0)).read?.definition;
    });
    return (await Promise.all(definitions)).filter((definition) => definition !== undefined);
  }

  /**
   * A new campaign with the content of another or of a layout, as a draft; its
   * name derives from the title.
   * @throws DomainError `campaign-template.not-found`,
   *   `campaign-layout.not-found`, `campaign-version.not-found`,
   *   `package.unusable`, `package.quota-reached`.
   */
  async copy(actor: VendorActor, source: CopySource, wanted: NewCampaign): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    const name = await this.nameFor(actor, wanted.title);
    if ('layout' in source)
      return this.drafts.create(actor, await writeZip(await this.fromLayout(actor, source.layout, name, wanted)));
    const copied = copyPackage(await this.packageOf(actor, source), { ...wanted, name });
    if (!copied.ok) throw cannotBeCopied(copied.problems);
    const zip = await writeZip(copied.pkg);
    await this.quota.requireRoom(actor, zip.length);
    return this.drafts.create(actor, zip, await this.stored.store(actor.vendorId, zip, 'package'));
  }

  /**
   * A new newsletter with the content of the shipped one, or of another newsletter.
   * @throws DomainError as `copy`.
   */
  async newsletter(
    actor: VendorActor,
    source: { readonly campaignId: CampaignId; readonly number: number } | null,
    wanted: NewCampaign,
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    const name = await this.nameFor(actor, wanted.title);
    const original = source === null ? await this.shippedNewsletter(actor) : await this.packageOf(actor, source);
    const copied = copyPackage(original, { ...wanted, name });
    if (!copied.ok) throw cannotBeCopied(copied.problems);
    return this.drafts.create(actor, await writeZip(copied.pkg), null, 'newsletter');
  }

  /** In the colours of the vendor's brand kit. */
  private async shippedNewsletter(actor: VendorActor): Promise<CampaignPackage> {
    const { colours } = await this.kits.get(actor);
    return newsletterPackage(colours);
  }

  private async fromLayout(
    actor: VendorActor,
    layout: string,
    name: string,
    { title, languages, theme }: NewCampaign,
  ): Promise<CampaignPackage> {
    const { colours } = await this.kits.get(actor);
    return layoutPackage(await layoutFiles(), await shippedLayout(layout), {
      name,
      title,
      languages: languages ?? [LAYOUT_LANGUAGES[0]],
      theme: theme ?? NO_THEME,
      colours,
    });
  }

  private async packageOf(
    actor: VendorActor,
    source: Exclude<CopySource, { readonly layout: string }>,
  ): Promise<CampaignPackage> {
    if ('template' in source) return templatePackage(source.template);
    const reading = await unzipPackage(await this.library.packageOf(actor, source.campaignId, source.number));
    if (reading.ok) return reading.pkg;
    throw cannotBeCopied(reading.problems);
  }

  private async nameFor(actor: VendorActor, title: string): Promise<string> {
    const taken = new Set(await this.database.inTransaction(actor, () => this.rows.names(actor)));
    return freeName(campaignNameOf(title), (name) => taken.has(name));
  }
}

const cannotBeCopied = (problems: readonly SourceProblem[]): DomainError =>
  new DomainError(
    'package.unusable',
    'This campaign cannot be copied: its package has problems. Correct them in the original first.',
    { problems },
  );
