import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { editPackage, isEditable, unzipPackage, writeZip } from '#content';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import { type CampaignId, DomainError, notFound, type PartnerId, type SourceProblem, type VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import { CampaignDrafts } from './campaign-drafts.service.js';
import { CampaignLibrary, type VersionDetail } from './campaign-library.service.js';
import { CampaignPreviews } from './campaign-previews.service.js';
import type { CampaignVersion } from './campaign-version.js';
import { CHECK_EDIT, type EditCheck, EXPECT_EDITS, SHOW_CANVAS, type ShownCanvas } from './campaigns.jobs.js';
import { DraftFiles, staleDraft } from './draft-files.service.js';
import { EditChecks } from './edit-checks.service.js';
import type { SampleChoice } from './sample-preview.js';

/** New text of files by path; null removes a file. */
type TextChanges = Readonly<Record<string, string | null>>;

interface PackageFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of its bytes, in hex. */
  readonly hash: string;
  /** What is written in it; null for pictures and documents. */
  readonly text: string | null;
}

export interface EditedPackage {
  readonly packageHash: string;
  readonly files: readonly PackageFile[];
}

type Shown = SampleChoice & { readonly partnerId: PartnerId | null };

interface CheckedEdit {
  readonly campaignId: CampaignId;
  readonly number: number;
  readonly changes: TextChanges;
  /** The template to render; null: none. */
  readonly show: Shown | null;
}

const CHECK_TIMEOUT_MS = 60_000;
/** Until the editor has shown what it shows first. */
const OPENING_MS = 2_000;

/**
 * A campaign's files in the studio: read, check while typing, save as a draft.
 */
@Injectable()
export class CampaignEditing {
  private readonly logger = new Logger(CampaignEditing.name);

  constructor(
    private readonly library: CampaignLibrary,
    private readonly drafts: CampaignDrafts,
    private readonly previews: CampaignPreviews,
    private readonly checks: EditChecks,
    private readonly draftFiles: DraftFiles,
    private readonly organisations: Organisations,
    private readonly jobs: Jobs,
  ) {}

  /**
   * The files of a version, by path.
   * @throws DomainError `campaign-version.not-found`.
   */
  async files(actor: VendorActor, campaignId: CampaignId, number: number): Promise<EditedPackage> {
    const { packageHash, pkg } = await this.packageOf(actor, campaignId, number);
    const files = [...pkg.files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => ({
        path,
        bytes: bytes.length,
        hash: createHash('sha256').update(bytes).digest('hex'),
        text: isEditable(path) && isUtf8(bytes) ? bytes.toString('utf8') : null,
      }));
    return { packageHash, files };
  }

  /**
   * One file of a version as uploaded.
   * @throws DomainError `campaign-version.not-found`, `file.not-found`.
   */
  async file(actor: VendorActor, campaignId: CampaignId, number: number, path: string): Promise<Buffer> {
    const { pkg } = await this.packageOf(actor, campaignId, number);
    const bytes = pkg.files.get(path);
    if (bytes === undefined) throw notFound('file', path);
    return bytes;
  }

  /**
   * Checks changed texts with the uploaded files, and renders one template with
   * them.
   * @throws DomainError `campaign-version.not-found`, `partner.not-found`.
   */
  async check(actor: VendorActor, edit: CheckedEdit): Promise<EditCheck> {
    requirePermission(actor, 'campaigns.edit');
    return this.checked(actor, edit);
  }

  private async checked(actor: VendorActor, { campaignId, number, changes, show }: CheckedEdit): Promise<EditCheck> {
    const { campaign, version, compiled } = await this.library.version(actor, campaignId, number);
    const { packageHash, compiledHash } = version;
    const { templateHash } = campaign;
    const shown = show === null ? null : await this.shownOf(actor, show, { campaign, compiled });
    const uploads = await this.draftFiles.uploads(actor, campaignId, packageHash);
    if (Object.keys({ ...changes, ...uploads }).length === 0) {
      const answer = await this.checks.unchanged(compiledHash, shown);
      this.expectEdits(packageHash);
      return answer;
    }
    const data = { vendorId: actor.vendorId, packageHash, templateHash, changes: { ...changes }, uploads, show: shown };
    return this.jobs.request(CHECK_EDIT, data, CHECK_TIMEOUT_MS, actor.vendorId);
  }

  /**
   * An e-mail or page of a version with changes, with a class for each block (see
   * `blockClass`). Shown in spite of mistakes, because a draft may have them.
   * @returns no preview if it cannot be read.
   * @throws DomainError `campaign-version.not-found`, `partner.not-found`.
   */
  async canvas(
    actor: VendorActor,
    { campaignId, number, changes, show }: Omit<CheckedEdit, 'show'> & { readonly show: Omit<Shown, 'parts'> },
  ): Promise<ShownCanvas> {
    requirePermission(actor, 'campaigns.edit');
    const { campaign, version, compiled } = await this.library.version(actor, campaignId, number);
    const { packageHash } = version;
    const shown = await this.shownOf(actor, { ...show, parts: false }, { campaign, compiled });
    const uploads = await this.draftFiles.uploads(actor, campaignId, packageHash);
    const { vendorId } = actor;
    const data = { vendorId, packageHash, changes: { ...changes }, uploads, show: shown };
    // Not in one line with checks of the whole package, which take a second.
    return this.jobs.request(SHOW_CANVAS, data, CHECK_TIMEOUT_MS, `${actor.vendorId} canvas`);
  }

  /**
   * An e-mail of a version with changes, for a test e-mail. Needs only the right
   * to read.
   * @throws DomainError `campaign-version.not-found`, `partner.not-found`.
   */
  async test(
    actor: VendorActor,
    {
      campaignId,
      number,
      changes,
      show,
    }: {
      readonly campaignId: CampaignId;
      readonly number: number;
      readonly changes: TextChanges;
      readonly show: Omit<SampleChoice, 'kind' | 'parts'> & { readonly partnerId: PartnerId | null };
    },
  ): Promise<EditCheck> {
    return this.checked(actor, { campaignId, number, changes, show: { ...show, kind: 'email', parts: false } });
  }

  /**
   * Saves changes of a version: a draft gets them, anything later becomes the
   * next draft.
   * @param basedOn package hash of the version whose files were changed.
   * @throws DomainError `package.unusable`, `draft.stale`,
   *   `campaign-version.in-review`.
   */
  async save(
    actor: VendorActor,
    {
      campaignId,
      number,
      changes,
      basedOn,
    }: {
      readonly campaignId: CampaignId;
      readonly number: number;
      readonly changes: TextChanges;
      readonly basedOn: string;
    },
  ): Promise<CampaignVersion> {
    requirePermission(actor, 'campaigns.edit');
    const { version, packageHash, pkg } = await this.packageOf(actor, campaignId, number);
    if (packageHash !== basedOn) throw staleDraft(version);
    const edited = editPackage(pkg, changes);
    if (!edited.ok) throw unusable(edited.problems);
    return this.drafts.next(actor, campaignId, await writeZip(edited.pkg), basedOn);
  }

  /**
   * Announces an opened package a moment later, so that the editor's first
   * requests run first. This matters in a process that runs everything.
   */
  private expectEdits(packageHash: string): void {
    const say = (): void => {
      this.jobs
        .dispatch(EXPECT_EDITS, [{ packageHash }])
        .catch((error: unknown) => this.logger.warn(`No process prepares for the first edit: ${String(error)}`));
    };
    setTimeout(say, OPENING_MS).unref();
  }

  private async shownOf(
    actor: VendorActor,
    { partnerId, ...choice }: Shown,
    { campaign, compiled }: Pick<VersionDetail, 'campaign' | 'compiled'>,
  ) {
    const choices = { ...choice.choices };
    const colours = compiled.definition.brand.defaults;
    // The vendor is the sender of a newsletter.
    const brand =
      campaign.purpose === 'newsletter'
        ? { name: (await this.organisations.get(actor, actor.vendorId)).name, colours }
        : await this.previews.brandOf(actor, partnerId, colours);
    return { ...choice, choices, brand, partnerId };
  }

  private async packageOf(actor: VendorActor, campaignId: CampaignId, number: number) {
    const { version } = await this.library.version(actor, campaignId, number);
    const reading = await unzipPackage(await this.library.packageOf(actor, campaignId, number));
    if (!reading.ok) throw unusable(reading.problems);
    return { version, packageHash: version.packageHash, pkg: reading.pkg };
  }
}

function unusable(problems: readonly SourceProblem[]): DomainError {
  return new DomainError(
    'package.unusable',
    'These files are no valid package. Correct the listed problems and save again.',
    {
      field: 'changes',
      problems,
    },
  );
}
