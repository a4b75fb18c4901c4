import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { PublishedCampaigns } from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  type Actor,
  type ActivationId,
  type CampaignId,
  type CampaignVersionId,
  Clock,
  type ContactId,
  DomainError,
  type Locale,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorActor,
} from '#kernel';
import type { Postponement, SequenceDefinition } from '#sequencing';
import { BlobStore } from '#storage';
import { WebhookEvents } from '#webhooks';
import {
  type Activation,
  type ActivationStatus,
  checkMove,
  choicesWith,
  type SentCheck,
  isOver,
} from './activation.js';
import { ACTIVATION_RESUMED, ACTIVATION_STOPPED } from './activations.jobs.js';
import { datesOf, type PlannedDates } from './planned-dates.js';
import { ActivationsRepository, type AssetRecord } from './activations.repository.js';
import { Calendars } from './calendars.service.js';

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
  readonly locales: readonly [Locale, ...Locale[]];
  /** As the version was compiled: before a partner's values. */
  readonly emails: CompiledCampaign['emails'];
  /** Notices to the partner's users, by key and language. */
  readonly notices: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The page that its form is on. */
  readonly landingPage: string | null;
  /** The version is neither retired nor recalled. */
  readonly versionLive: boolean;
  /** The campaign's theme: people may want no mail on it. */
  readonly topic: string;
}

/** Running copies of campaigns: what they are, and stopping them. */
@Injectable()
export class Activations {
  // Above the parameter limit: changes of an activation are reported to three
  // services.
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly repository: ActivationsRepository,
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly blobs: BlobStore,
    private readonly webhooks: WebhookEvents,
    private readonly gate: ReleaseGate,
    private readonly calendars: Calendars,
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

  /** Partners that have launched a campaign of the vendor, in any state. */
  partnersThatLaunched(actor: VendorActor): Promise<PartnerId[]> {
    return this.repository.partnersThatLaunched(actor);
  }

  /**
   * How many partners run each of a vendor's campaigns; campaigns without any
   * are left out.
   */
  partnersRunning(actor: VendorActor, campaignIds: readonly CampaignId[]): Promise<ReadonlyMap<CampaignId, number>> {
    return this.repository.partnersRunning(actor, campaignIds);
  }

  /**
   * The activation of a landing page; null after a recall, which withdraws the
   * pages too.
   */
  async bySlug(actor: SystemActor, slug: string): Promise<Activation | null> {
    const found = await this.repository.bySlug(actor, slug);
    return found === null || (await this.isRecalled(actor, found)) ? null : found;
  }

  /** Whether the vendor has withdrawn what was sent. */
  async isRecalled(actor: SystemActor, { versionId }: Activation): Promise<boolean> {
    return (await this.published.launched(actor, versionId)).status === 'recalled';
  }

  assets(actor: Actor, id: ActivationId): Promise<AssetRecord[]> {
    return this.repository.assets(actor, id);
  }

  /** Notes that its partner took an asset away. */
  async recordDownload(actor: PartnerActor, activation: Activation, asset: AssetRecord): Promise<void> {
    await this.database.inTransaction(actor, () => this.repository.recordDownload(activation, asset, this.clock.now()));
  }

  /** The compiled campaign that an activation runs. */
  async campaign(actor: PartnerActor | SystemActor, activation: Activation): Promise<CompiledCampaign> {
    const version = await this.published.launched(actor, activation.versionId);
    return this.compiled.load(version.compiledHash);
  }

  /** When its steps come, as its partner chose at launch. */
  async dates(actor: PartnerActor, activation: Activation): Promise<PlannedDates> {
    const { definition } = await this.campaign(actor, activation);
    return datesOf(definition.sequence, activation, await this.calendars.get(actor, activation.partnerId));
  }

  /** Titles of campaigns in their activation's language, by activation. */
  async titlesOf(actor: PartnerActor, activations: readonly Activation[]): Promise<ReadonlyMap<ActivationId, string>> {
    const titles = await this.published.titlesOf(
      actor,
      activations.map(({ versionId }) => versionId),
    );
    return new Map(
      activations.map(({ id, versionId, locale }) => {
        const title = titles.get(versionId) ?? {};
        return [id, title[locale] ?? Object.values(title)[0] ?? ''];
      }),
    );
  }

  /** The signed manifest of an activation's version. */
  async manifest(actor: PartnerActor, { versionId }: Activation): Promise<Buffer> {
    return this.blobs.get((await this.published.launched(actor, versionId)).manifestHash);
  }

  /**
   * Stops all mail until resumed, from the return of this method on.
   * Every claim and every submission checks it.
   */
  hold(actor: PartnerActor, id: ActivationId): Promise<Activation> {
    return this.changeStatus(actor, id, 'held', 'by the partner');
  }

  /** What would have gone out meanwhile goes now, in its order. */
  resume(actor: PartnerActor, id: ActivationId): Promise<Activation> {
    return this.changeStatus(actor, id, 'active', 'by the partner');
  }

  /**
   * Stops it permanently.
   * @param unless checks whether a message was sent, to undo a launch only
   *   before that. Null: stop in any case.
   * @throws DomainError `activation.already-sent`; nothing has changed then.
   */
  stop(actor: PartnerActor, id: ActivationId, unless: SentCheck | null = null): Promise<Activation> {
    return this.changeStatus(actor, id, 'stopped', 'by the partner', unless);
  }

  /**
   * Stores a postponement in the open transaction.
   * Every claim and every submission obeys it from the commit on.
   */
  async recordPostponement(actor: PartnerActor, id: ActivationId, postponement: Postponement): Promise<void> {
    requirePermission(actor, 'activations.control');
    await this.repository.addPostponement(id, postponement);
    await this.audit.record(actor, {
      action: 'activation.postponed',
      subject: { kind: 'activation', id },
      details: { days: postponement.days, until: new Date(postponement.untilMs).toISOString() },
    });
  }

  /**
   * Stops every activation of versions that the vendor has ended.
   * Idempotent.
   */
  async stopVersions(versionIds: readonly CampaignVersionId[]): Promise<void> {
    const live = await this.repository.liveOf(systemActor('retirement'), versionIds);
    for (const activation of live)
      await this.transition(
        systemActor('retirement', { partnerId: activation.partnerId }),
        activation,
        'stopped',
        'the vendor ended the campaign',
      );
  }

  /** All contacts have reached the end of the sequence. */
  async complete(id: ActivationId, partnerId: PartnerId): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const activation = await this.repository.get(actor, id);
    if (activation.status === 'active')
      await this.transition(actor, activation, 'completed', 'all contacts have finished');
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

  /** Under a process's actor that names the partner. */
  async forSending(actor: PartnerActor | SystemActor, id: ActivationId): Promise<RunningActivation> {
    const launched = await this.repository.get(actor, id);
    const calendar = await this.calendars.get(actor, launched.partnerId);
    const activation = { ...launched, choices: choicesWith(launched, calendar) };
    const version = await this.published.launched(actor, activation.versionId);
    const { definition, emails, notices = {} } = await this.compiled.load(version.compiledHash);
    const [first = activation.locale, ...others] = definition.locales;
    return {
      activation,
      sequence: definition.sequence,
      locales: [first, ...others],
      emails,
      notices,
      landingPage: Object.keys(definition.pages)[0] ?? null,
      versionLive: version.status === 'published',
      topic: version.theme,
    };
  }

  /**
   * Topics of the partner's campaigns that a contact got mail about, in
   * alphabetical order.
   */
  async topicsOf(actor: SystemActor, contactId: ContactId): Promise<string[]> {
    const rows = await this.database.inTransaction(actor, () =>
      this.database.query<{ topic: string }>(
        `SELECT DISTINCT v.theme AS topic FROM delivery.message_view m JOIN activations.activation a ON a.id = m.activation_id
         JOIN campaigns.campaign_version_view v ON v.id = a.version_id WHERE m.contact_id = $1 ORDER BY 1`,
        [contactId],
      ),
    );
    return rows.map(({ topic }) => topic);
  }

  private async changeStatus(
    actor: PartnerActor,
    id: ActivationId,
    to: ActivationStatus,
    reason: string,
    unless: SentCheck | null = null,
  ): Promise<Activation> {
    requirePermission(actor, 'activations.control');
    const activation = await this.repository.get(actor, id);
    if (to === 'active') return this.transition(actor, activation, to, reason);
    checkMove(activation.status, to);
    const changed = await this.database.inTransaction(actor, async () => {
      await this.gate.close();
      // After the gate: earlier releases are visible, and there are no later
      // ones.
      if ((await unless?.hasGoneOut(actor, id)) === true) throw alreadySent();
      return this.transition(actor, activation, to, reason);
    });
    await this.gate.waitForSubmissions({ activationIds: [id] });
    return changed;
  }

  private async transition(
    actor: PartnerActor | SystemActor,
    activation: Activation,
    to: ActivationStatus,
    reason: string,
  ): Promise<Activation> {
    checkMove(activation.status, to);
    return this.database.inTransaction(actor, async () => {
      const moved = await this.repository.move(activation.id, activation.status, to, reason, this.clock.now());
      if (moved) {
        await this.audit.record(actor, {
          action: `activation.${to === 'active' ? 'resumed' : to}`,
          subject: { kind: 'activation', id: activation.id },
          details: { reason },
        });
        const ids = { activationId: activation.id, partnerId: activation.partnerId };
        if (to === 'stopped') await this.jobs.enqueue(ACTIVATION_STOPPED, ids);
        if (to === 'active') await this.jobs.enqueue(ACTIVATION_RESUMED, ids);
        await this.webhooks.emitToBoth(activation, `activation.${to === 'active' ? 'resumed' : to}`, {
          ...factsOf(activation),
          reason,
        });
      }
      return this.repository.get(actor, activation.id);
    });
  }
}

const alreadySent = (): DomainError =>
  new DomainError(
    'activation.already-sent',
    'The first message of this campaign was sent, so its launch cannot be undone. Hold or stop the activation on its page.',
    {},
    { kind: 'conflict' },
  );

const factsOf = ({ id, campaignId, versionId, partnerId }: Activation) => ({
  activationId: id,
  campaignId,
  versionId,
  partnerId,
});
