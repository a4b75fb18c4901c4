import { Injectable } from '@nestjs/common';
import {
  type Output,
  type PublishedVersion,
  PublishedVersions,
  type Recall,
  recallOf,
  stopsEverything,
} from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import type { EndCode } from '#contracts';
import { Database } from '#database';
import {
  type Actor,
  type ActivationId,
  type CampaignId,
  type CampaignVersionId,
  Clock,
  type ContactId,
  type Locale,
  notFound,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import type { SequenceDefinition } from '#sequencing';
import { BlobStore } from '#storage';
import { type Activation, type ActivationStatus, choicesWith, isOver } from './activation.js';
import { datesOf, type PlannedDates } from './planned-dates.js';
import { ActivationsRepository, type AssetRecord } from './activations.repository.js';
import { ContentRecalled } from './recalls/content-recalled.js';
import { documentIn } from './artwork/reader-document.js';
import { isPartnersOwn } from './branding/link-targets.js';
import { Calendars, type StoredCalendar } from './calendars.service.js';
import { EditionsRepository } from './updates/editions.repository.js';

const STATUSES: Readonly<Record<'running' | 'over', readonly ActivationStatus[]>> = {
  running: ['active', 'held'],
  over: ['completed', 'stopped'],
};

/** What a scheduler needs to run an activation. */
export interface RunningActivation {
  /**
   * Choices of the launch, with later postponements and the partner's calendar.
   */
  readonly activation: Activation;
  readonly sequence: SequenceDefinition;
  /** The sequences of its other editions, by number. Absent: it was never updated. */
  readonly others?: ReadonlyMap<number, SequenceDefinition>;
  readonly locales: readonly [Locale, ...Locale[]];
  /** As the version was compiled: before a partner's values. */
  readonly emails: CompiledCampaign['emails'];
  /** Notices to the partner's users, by key and language. */
  readonly notices: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Posts that stand in no step of the sequence, in the campaign's order. */
  readonly freePosts: readonly string[];
  /** The page that its form is on. */
  readonly landingPage: string | null;
  /** The version is not retired. A recall can be reversed: what it forbids waits, as in a hold. */
  readonly versionLive: boolean;
  /** Recalls in force that do not hold the whole activation. */
  readonly recalls: readonly Recall[];
  /** Its number within the campaign. */
  readonly versionNumber: number;
  /** What the vendor has applied of its test: who entered without an arm gets it. Null: nothing. */
  readonly testWinner: string | null;
  /** The campaign's theme: people may want no mail on it. */
  readonly topic: string;
}

/** A theme of campaigns, which people may refuse. */
export interface Topic {
  readonly topic: string;
  /** Of its campaigns, by BCP 47 language. */
  readonly titles: readonly Readonly<Record<string, string>>[];
}

/** The end of a campaign by its vendor. */
export interface VendorEnd {
  readonly status: 'retired' | 'recalled';
  readonly at: Date;
  /** What the vendor tells its partners. */
  readonly reason: string | null;
  /** If the product ended it for the vendor. */
  readonly code: EndCode | null;
}

/** A campaign's title: where it runs, and in all its languages. */
export interface CampaignTitle {
  readonly title: string;
  readonly titles: Record<string, string>;
}

/** A hold of the vendor, or a recall, holds whatever has not stopped. */
const sendingStatus = ({ status, vendorHeldAt }: Activation, isRecalled: boolean): ActivationStatus =>
  (vendorHeldAt !== null || isRecalled) && status !== 'stopped' ? 'held' : status;

/** Reads a partner's running copies of campaigns. */
@Injectable()
export class Activations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly repository: ActivationsRepository,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly blobs: BlobStore,
    private readonly calendars: Calendars,
    private readonly editions: EditionsRepository,
  ) {}

  get(actor: Actor, id: ActivationId): Promise<Activation> {
    return this.repository.get(actor, id);
  }

  list(
    actor: PartnerActor,
    { state, ...page }: { limit: number; beforeId: string | null; state: keyof typeof STATUSES | null },
  ): Promise<Activation[]> {
    return this.repository.list(actor, { ...page, ...(state === null ? {} : { statuses: STATUSES[state] }) });
  }

  /** Those of a partner that run or are held, newest first. */
  listLive(actor: PartnerActor): Promise<Activation[]> {
    return this.repository.live(actor);
  }

  /** Who runs a campaign: a vendor sees that, and no contact. */
  ofCampaign(
    actor: VendorActor,
    campaignId: CampaignId,
    page: { limit: number; beforeId: string | null },
  ): Promise<Activation[]> {
    return this.repository.list(actor, { ...page, campaignId });
  }

  /** The newest launches of the vendor's campaigns by a partner. */
  ofPartner(actor: VendorActor, partnerId: PartnerId, limit: number): Promise<Activation[]> {
    return this.repository.list(actor, { limit, beforeId: null, partnerId });
  }

  /** Partners that have launched a campaign of the vendor, in any state. */
  partnersThatLaunched(actor: VendorActor): Promise<PartnerId[]> {
    return this.repository.partnersThatLaunched(actor);
  }

  /**
   * How many partners run each of a vendor's campaigns, until their planned
   * ends; campaigns without any are left out.
   */
  partnersRunning(actor: VendorActor, campaignIds: readonly CampaignId[]): Promise<ReadonlyMap<CampaignId, number>> {
    return this.repository.partnersRunning(actor, campaignIds, this.clock.now());
  }

  /** The same by version of one campaign. */
  partnersRunningVersions(actor: VendorActor, campaignId: CampaignId): Promise<ReadonlyMap<CampaignVersionId, number>> {
    return this.repository.partnersRunningVersions(actor, campaignId, this.clock.now());
  }

  /**
   * The partner of a landing page, also after a recall: e-mails that were sent
   * before it link to the partner's legal pages.
   */
  async partnerOfPage(actor: SystemActor, slug: string): Promise<PartnerId | null> {
    return (await this.ofPage(actor, slug))?.partnerId ?? null;
  }

  /** The activation of a landing page, also after a recall. */
  async ofPage(actor: SystemActor, slug: string): Promise<Activation | null> {
    return this.repository.bySlug(actor, slug);
  }

  /** Whether the vendor has withdrawn what was sent, as a whole. */
  async isRecalled(actor: SystemActor, { versionId, partnerId }: Activation): Promise<boolean> {
    return (await this.published.launched(actor, versionId, partnerId)).status === 'recalled';
  }

  /**
   * Checks that an output of an activation may come out.
   * @throws ContentRecalled
   */
  async requireOutput(actor: SystemActor, activation: Activation, output: Output): Promise<void> {
    const recall = recallOf(await this.recallsOf(actor, activation), output);
    if (recall !== null) throw new ContentRecalled(activation, recall);
  }

  /**
   * Checks that anything of an activation may come out.
   * @throws ContentRecalled
   */
  async requireNotRecalled(actor: SystemActor, activation: Activation): Promise<void> {
    const recall = (await this.recallsOf(actor, activation)).find(stopsEverything);
    if (recall !== undefined) throw new ContentRecalled(activation, recall);
  }

  private async recallsOf(actor: SystemActor, { versionId, partnerId }: Activation): Promise<readonly Recall[]> {
    return (await this.published.launched(actor, versionId, partnerId)).recalls;
  }

  /** Whether its partner has stopped it, or its vendor has ended the campaign: its page goes on. */
  async hasEnded(actor: SystemActor, { status, versionId, partnerId }: Activation): Promise<boolean> {
    return status === 'stopped' || (await this.published.launched(actor, versionId, partnerId)).status !== 'published';
  }

  /** How the vendor ended the campaign; null: it has not. */
  async vendorEnd(actor: PartnerActor, { versionId }: Activation): Promise<VendorEnd | null> {
    const { status, endedAt, endedReason, endedCode } = await this.published.launched(actor, versionId);
    return status === 'published' || endedAt === null
      ? null
      : { status, at: endedAt, reason: endedReason, code: endedCode };
  }

  /**
   * Documents, pictures and texts of posts that the partner may use: none once
   * the vendor has ended the campaign, and none that it has recalled.
   */
  async usableAssets(actor: PartnerActor, activation: Activation): Promise<AssetRecord[]> {
    return this.usableAmong(actor, activation, await this.assets(actor, activation.id));
  }

  /** Those of `assets` that `usableAssets` would give: for a caller that counts the others, too. */
  async usableAmong(
    actor: PartnerActor,
    activation: Activation,
    assets: readonly AssetRecord[],
  ): Promise<AssetRecord[]> {
    const { status, recalls } = await this.published.launched(actor, activation.versionId);
    if (status !== 'published') return [];
    // What a partner publishes from now on begins now.
    return assets.filter((asset) => recallOf(recalls, { ...asset, hasBegun: false }) === null);
  }

  /** Those that readers still get: none that the vendor has recalled. */
  async shownAssets(actor: SystemActor, activation: Activation): Promise<AssetRecord[]> {
    const recalls = await this.recallsOf(actor, activation);
    const assets = await this.assets(actor, activation.id);
    return assets.filter((asset) => recallOf(recalls, { ...asset, hasBegun: true }) === null);
  }

  /** All that was made for it, whether or not it may still be used. */
  assets(actor: Actor, id: ActivationId): Promise<AssetRecord[]> {
    return this.repository.assets(actor, id);
  }

  /**
   * A document in the language of its reader, or else in that of the launch.
   * @param wanted BCP 47; null: unknown.
   * @returns null if there is none of this key yet.
   */
  async document(
    actor: Actor,
    activation: Activation,
    key: string,
    wanted: string | null,
  ): Promise<AssetRecord | null> {
    return documentIn(await this.assets(actor, activation.id), { key, wanted, launched: activation.locale });
  }

  /** Whether a link of its campaign leads to what is the partner's own, which a recall leaves. */
  async isPartnersOwnLink(actor: SystemActor, activation: Activation, name: string): Promise<boolean> {
    return isPartnersOwn(name, (await this.campaign(actor, activation)).definition);
  }

  /** Records that the partner downloaded an asset. */
  async recordDownload(actor: PartnerActor, activation: Activation, asset: AssetRecord): Promise<void> {
    await this.database.inTransaction(actor, () => this.repository.recordDownload(activation, asset, this.clock.now()));
  }

  /** Its choices with the closed days of its partner's calendar. */
  async choices(actor: PartnerActor | SystemActor, activation: Activation): Promise<Activation['choices']> {
    return choicesWith(activation, await this.calendars.get(actor, activation.partnerId));
  }

  /** The compiled campaign that an activation runs. */
  async campaign(
    actor: PartnerActor | SystemActor,
    { versionId }: Pick<Activation, 'versionId'>,
  ): Promise<CompiledCampaign> {
    return this.compiled.load(await this.published.contentOf(actor, versionId));
  }

  /** The number of its version, and what the vendor has applied of the version's test. */
  async testOf(
    actor: PartnerActor,
    { versionId }: Pick<Activation, 'versionId'>,
  ): Promise<Pick<PublishedVersion, 'number' | 'testWinner'>> {
    return this.published.launched(actor, versionId);
  }

  /** When its steps come, as its partner chose at launch. */
  async dates(actor: PartnerActor, activation: Activation): Promise<PlannedDates> {
    const { definition } = await this.campaign(actor, activation);
    return datesOf(definition.sequence, activation, await this.calendars.get(actor, activation.partnerId));
  }

  /**
   * Titles of the campaigns of activations: `title` in the language in which it
   * runs, `titles` by language.
   */
  async titlesOf(
    actor: PartnerActor,
    activations: readonly Activation[],
  ): Promise<ReadonlyMap<ActivationId, CampaignTitle>> {
    const found = await this.published.titlesOf(
      actor,
      activations.map(({ versionId }) => versionId),
    );
    return new Map(
      activations.map(({ id, versionId, locale }) => {
        const titles = { ...found.get(versionId) };
        return [id, { title: titles[locale] ?? Object.values(titles)[0] ?? '', titles }];
      }),
    );
  }

  /** The signed manifest of an activation's version. */
  async manifest(actor: PartnerActor, { versionId }: Activation): Promise<Buffer> {
    return this.blobs.get((await this.published.launched(actor, versionId)).manifestHash);
  }

  /**
   * Whether it is over.
   * Locks the state until the transaction ends.
   * So the effects of an end come after this transaction's.
   */
  async isOver(id: ActivationId): Promise<boolean> {
    return isOver(await this.repository.lockedStatus(id));
  }

  async markEnrolled(id: ActivationId): Promise<void> {
    await this.repository.markEnrolled(id, this.clock.now());
  }

  /**
   * Under a process's actor that names the partner. After the end of the
   * partnership it is stopped, also before the job that stops it has run. While
   * its vendor holds it or has recalled all of it, it is held, also one that may
   * send after its completion.
   */
  async forSending(actor: PartnerActor | SystemActor, id: ActivationId): Promise<RunningActivation> {
    const launched = await this.repository.get(actor, id);
    const calendar = await this.calendars.get(actor, launched.partnerId);
    const isPartnershipOver = await this.isPartnershipOver(actor, launched);
    const version = await this.published.launched(actor, launched.versionId, launched.partnerId);
    return this.running(actor, launched, calendar, isPartnershipOver, version);
  }

  /**
   * Like `forSending`, of several activations of one partner: its calendar and its partnerships are read once.
   * Those that do not exist are left out.
   */
  async allForSending(actor: SystemActor, ids: readonly ActivationId[]): Promise<RunningActivation[]> {
    return this.database.inTransaction(actor, async () => {
      const launched = await this.repository.byIds(actor, ids);
      const [first] = launched;
      if (first === undefined) return [];
      const calendar = await this.calendars.get(actor, first.partnerId);
      const versionIds = launched.map(({ versionId }) => versionId);
      const versions = await this.published.allLaunched(actor, versionIds, first.partnerId);
      const isOver = new Map<VendorId, boolean>();
      const running: RunningActivation[] = [];
      for (const one of launched) {
        const isPartnershipOver = isOver.get(one.vendorId) ?? (await this.isPartnershipOver(actor, one));
        isOver.set(one.vendorId, isPartnershipOver);
        const version = versions.get(one.versionId);
        if (version === undefined) throw notFound('campaign-version', one.versionId);
        running.push(await this.running(actor, one, calendar, isPartnershipOver, version));
      }
      return running;
    });
  }

  private async running(
    actor: PartnerActor | SystemActor,
    launched: Activation,
    calendar: StoredCalendar,
    isPartnershipOver: boolean,
    version: PublishedVersion,
  ): Promise<RunningActivation> {
    const isRecalled = version.recalls.some(stopsEverything);
    const status = isPartnershipOver ? 'stopped' : sendingStatus(launched, isRecalled);
    const activation = { ...launched, status, choices: choicesWith(launched, calendar) };
    const { definition, emails, notices = {} } = await this.compiled.load(version.compiledHash);
    const [first = activation.locale, ...others] = definition.locales;
    return {
      activation,
      sequence: definition.sequence,
      ...(launched.editions > 1 ? { others: await this.otherSequences(actor, launched) } : {}),
      locales: [first, ...others],
      emails,
      notices,
      freePosts: Object.keys(definition.social).filter(
        (post) => !definition.sequence.steps.some((step) => step.kind === 'post' && step.post === post),
      ),
      landingPage: Object.keys(definition.pages)[0] ?? null,
      versionLive: version.status === 'published' || isRecalled,
      recalls: isRecalled ? [] : version.recalls,
      versionNumber: version.number,
      testWinner: version.testWinner,
      topic: version.theme,
    };
  }

  /**
   * The activation as it runs in the open transaction: `known`, unless an
   * update has made another edition the present one since it was read.
   */
  async atPresentEdition(actor: SystemActor, known: RunningActivation): Promise<RunningActivation> {
    const { id, edition } = known.activation;
    return (await this.editions.presentOf(id)) === edition ? known : this.forSending(actor, id);
  }

  private async otherSequences(
    actor: PartnerActor | SystemActor,
    { id, edition }: Activation,
  ): Promise<ReadonlyMap<number, SequenceDefinition>> {
    const others = (await this.editions.editionsOf(actor, id)).filter(({ number }) => number !== edition);
    const sequences = new Map<number, SequenceDefinition>();
    for (const { number, versionId } of others) {
      const version = await this.published.launched(actor, versionId);
      sequences.set(number, (await this.compiled.load(version.compiledHash)).definition.sequence);
    }
    return sequences;
  }

  /**
   * The activation as it ran a version: what it was sent from, and what it is
   * verified against. Its present edition if it never ran that version.
   */
  async atVersion(
    actor: PartnerActor | SystemActor,
    activation: Activation,
    versionId: CampaignVersionId,
  ): Promise<Activation> {
    if (activation.versionId === versionId || activation.editions === 1) return activation;
    const editions = await this.editions.editionsOf(actor, activation.id);
    const edition = editions.findLast((one) => one.versionId === versionId);
    return edition === undefined ? activation : { ...activation, versionId, edition: edition.number };
  }

  /**
   * Whether the time of a vendor's campaigns with its partner is over, in every
   * programme.
   */
  private async isPartnershipOver(
    actor: PartnerActor | SystemActor,
    { partnerId, vendorId }: Pick<Activation, 'partnerId' | 'vendorId'>,
  ): Promise<boolean> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ isOver: boolean | null }>(
        `SELECT bool_and(coalesce(campaigns_end_at <= $3, status = 'ended')) AS is_over FROM organisations.membership_view
         WHERE partner_id = $1 AND vendor_id = $2`,
        [partnerId, vendorId, this.clock.now()],
      ),
    );
    return row?.isOver ?? false;
  }

  /**
   * Topics of the partner's campaigns that a contact got mail about, in
   * alphabetical order. Readers know a topic by the titles of its campaigns.
   */
  async topicsOf(actor: SystemActor, contactId: ContactId): Promise<Topic[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Topic>(
        `SELECT v.theme AS topic, jsonb_agg(DISTINCT v.title) AS titles FROM delivery.message_view m JOIN activations.activation a ON a.id = m.activation_id
         JOIN campaigns.campaign_version_view v ON v.id = a.version_id WHERE m.contact_id = $1 GROUP BY v.theme ORDER BY 1`,
        [contactId],
      ),
    );
  }
}
