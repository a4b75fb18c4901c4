import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { BrandProfiles, provenWebsite, SendingIdentities } from '#brand';
import { type PublishedVersion, PublishedCampaigns } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { type CompiledCampaign, CompiledCampaigns, digestOf, leadRuleOf } from '#content';
import { ContactLists, SendPolicy } from '#contacts';
import { Database } from '#database';
import { Engagement, type LinkTarget } from '#engagement';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import {
  type ActivationId,
  type CampaignVersionId,
  Clock,
  type ContactListId,
  DomainError,
  newId,
  type PartnerActor,
} from '#kernel';
import { slugOf } from '#organisations';
import { DECOY_LINK, type SlotNodes } from '#rendering';
import { WebhookEvents } from '#webhooks';
import { forgottenBefore, type PartnerChoices } from '#sequencing';
import type { OwnLeadRule, ReachedBefore } from './activation.js';
import { ACTIVATION_LAUNCHED, COBRAND_ASSETS } from './activations.jobs.js';
import { ActivationSeals } from './activation-seals.service.js';
import { ActivationsRepository } from './activations.repository.js';
import { requireAllowed } from './allowed-choices.js';
import { inShort, brandGaps } from './brand-gaps.js';
import { BrandedMasters, type BrandSource, launchLocale, unusable } from './branded-masters.service.js';
import { slotProblems } from './slot-words.js';

export interface LaunchRequest {
  readonly versionId: CampaignVersionId;
  readonly listId: ContactListId;
  /** Null: now. */
  readonly startAt: Date | null;
  readonly locale: string | null;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  readonly choices: PartnerChoices;
  /** What is stricter than the vendor's rule of who counts as a lead. */
  readonly leadRule?: OwnLeadRule | undefined;
  readonly idempotencyKey: string;
}

/** How far ahead a start may lie. */
const MAX_AHEAD_MS = 366 * 86_400_000;

/** Starts a campaign in a partner's name. */
@Injectable()
export class Launch {
  private readonly sources: {
    readonly compiled: CompiledCampaigns;
    readonly published: PublishedCampaigns;
    readonly profiles: BrandProfiles;
    readonly identities: SendingIdentities;
    readonly lists: ContactLists;
    readonly policy: SendPolicy;
    readonly masters: BrandedMasters;
    readonly seals: ActivationSeals;
  };

  // Above the parameter limit: a launch combines the partner's data of many
  // libs.
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly activations: ActivationsRepository,
    private readonly engagement: Engagement,
    private readonly webhooks: WebhookEvents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
    compiled: CompiledCampaigns,
    published: PublishedCampaigns,
    profiles: BrandProfiles,
    identities: SendingIdentities,
    lists: ContactLists,
    policy: SendPolicy,
    masters: BrandedMasters,
    seals: ActivationSeals,
  ) {
    this.sources = { compiled, published, profiles, identities, lists, policy, masters, seals };
  }

  /**
   * Checks everything, bakes every e-mail and page in the partner's brand, and
   * stores it. One transaction; the first messages follow within a second. The
   * same `idempotencyKey` returns the same activation. Contacts that the
   * campaign has `reached` before are not enrolled again.
   * @throws DomainError with what is wrong and how to correct it; nothing is
   *   changed then.
   */
  async launch(
    actor: PartnerActor,
    request: LaunchRequest,
    reached: ReachedBefore,
  ): Promise<{ id: ActivationId; created: boolean }> {
    requirePermission(actor, 'activations.launch');
    const requestHash = hashOf(request);
    const findByKey = await this.database.inTransaction(actor, () => this.known(actor, request, requestHash));
    if (findByKey !== null) return { id: findByKey, created: false };
    const version = await this.requireOffered(actor, request);
    const compiled = await this.sources.compiled.load(version.compiledHash);
    const source = await this.requireCompleteBrand(actor, version, compiled, request);
    await this.refuseEmptyList(actor, request.listId);
    await this.refuseSpentList(actor, request.listId, version, compiled, reached);
    this.refuseStart(request.startAt);
    this.refuseSlots(compiled, source);
    requireAllowed(compiled.definition.sequence, request.choices);
    return this.insertActivation(actor, request, requestHash, version, source);
  }

  private async known(actor: PartnerActor, request: LaunchRequest, requestHash: string): Promise<ActivationId | null> {
    const known = await this.activations.byKey(actor.partnerId, request.idempotencyKey);
    if (known === null || known.requestHash === requestHash) return known?.id ?? null;
    throw new DomainError(
      'launch.key-reused',
      'This Idempotency-Key was used for another launch. Use a new one.',
      { field: 'Idempotency-Key' },
      { kind: 'conflict' },
    );
  }

  private async requireOffered(actor: PartnerActor, { versionId }: LaunchRequest): Promise<PublishedVersion> {
    const version = await this.sources.published.version(actor, versionId);
    if (version.status !== 'published')
      throw new DomainError(
        'campaign.ended',
        'The vendor has ended this campaign.',
        { field: 'versionId' },
        { kind: 'conflict' },
      );
    if (!version.inWindow(this.clock.now())) {
      throw new DomainError(
        'campaign.outside-window',
        `This campaign can be launched from ${version.opensOn} to ${version.closesOn}.`,
        { field: 'versionId', opensOn: version.opensOn, closesOn: version.closesOn },
        { kind: 'conflict' },
      );
    }
    return version;
  }

  private async requireCompleteBrand(
    actor: PartnerActor,
    version: PublishedVersion,
    compiled: CompiledCampaign,
    request: LaunchRequest,
  ): Promise<BrandSource & { slug: string }> {
    const profile = await this.sources.profiles.current(actor);
    const lacking = brandGaps(digestOf(compiled), profile);
    if (lacking.length > 0) {
      throw new DomainError('brand.incomplete', `Your brand profile lacks: ${lacking.map(inShort).join(', ')}.`, {
        field: lacking[0]?.field ?? 'brand',
        problems: lacking.map(({ field, sentence, contrast, named }) => ({
          code: contrast === undefined ? 'brand.missing' : 'contrast-low',
          field,
          message: sentence,
          ...(named === undefined ? {} : { named }),
        })),
      });
    }
    const identity = await this.sources.identities.forMembership(actor, version.vendorId);
    if (identity.status !== 'ready')
      throw new DomainError(
        'sending-identity.blocked',
        identity.reason ?? 'Your sending identity may not send.',
        {},
        { kind: 'conflict' },
      );
    const slug = `${slugOf(profile.name) || 'partner'}-${newId().slice(-12)}`;
    const locale = launchLocale(compiled.definition, request.locale, profile);
    return {
      profile,
      compiled,
      slots: request.slots,
      locale,
      formAction: `${this.config.PUBLIC_URL}/p/${slug}/form`,
      slug,
    };
  }

  private async refuseEmptyList(actor: PartnerActor, listId: ContactListId): Promise<void> {
    const { size, name } = await this.sources.lists.withSize(actor, listId);
    if (size === 0)
      throw new DomainError(
        'contact-list.empty',
        `The list “${name}” has no contacts. Import some, or choose another list.`,
        { field: 'listId' },
      );
  }

  /**
   * A hint for the user: the enrolment decides for each contact, in its
   * transaction.
   */
  private async refuseSpentList(
    actor: PartnerActor,
    listId: ContactListId,
    { vendorId, campaignId }: PublishedVersion,
    { definition }: CompiledCampaign,
    reached: ReachedBefore,
  ): Promise<void> {
    const forgotten = forgottenBefore(definition.sequence, this.clock.now());
    const spent = await this.sources.policy.isSpent(actor, vendorId, listId, this.clock.now(), (ids) =>
      reached.reachedAmong(actor, actor.partnerId, campaignId, ids, forgotten),
    );
    if (spent)
      throw new DomainError(
        'launch.no-recipients',
        'No contact of this list can get this campaign: each already got it from you, or may not be e-mailed. Choose another list, or another campaign.',
        { field: 'listId' },
        { kind: 'conflict' },
      );
  }

  private refuseStart(startAt: Date | null): void {
    if (startAt === null) return;
    const ahead = startAt.getTime() - this.clock.now().getTime();
    if (ahead < -60_000)
      throw new DomainError(
        'launch.start-past',
        'The start is in the past. Choose a later time, or leave it out to start now.',
        { field: 'startAt' },
      );
    if (ahead > MAX_AHEAD_MS)
      throw new DomainError('launch.start-far', 'The start is more than a year ahead. Choose an earlier time.', {
        field: 'startAt',
      });
  }

  private refuseSlots(compiled: CompiledCampaign, { slots, profile }: BrandSource): void {
    const problems = slotProblems(compiled, slots, this.sources.masters.policy(profile));
    if (problems.length > 0) throw unusable(problems);
  }

  private async insertActivation(
    actor: PartnerActor,
    request: LaunchRequest,
    requestHash: string,
    version: PublishedVersion,
    source: BrandSource & { slug: string },
  ): Promise<{ id: ActivationId; created: boolean }> {
    const { compiled, profile, locale } = source;
    const now = this.clock.now();
    const parts = [
      ...compiled.emails.map((part) => ({ kind: 'email' as const, ...part })),
      ...compiled.pages.map((part) => ({ kind: 'page' as const, ...part })),
    ];
    const masters = parts.flatMap(({ kind, key, masters: inLocales }) =>
      Object.values(inLocales).map((master) => ({ kind, key, master })),
    );
    const logos = await this.sources.masters.logos(
      actor,
      masters.map(({ master }) => master),
    );
    const baked = masters.map(({ kind, key, master }) => ({
      kind,
      key,
      baked: this.sources.masters.bake(master, source, logos),
    }));
    const id = newId<ActivationId>();
    const seal = await this.sources.seals.seal(id, version, profile.verifiedHosts, baked);
    return this.database.inTransaction(actor, async () => {
      await this.activations.lockKey(actor.partnerId, request.idempotencyKey);
      const raced = await this.known(actor, request, requestHash);
      if (raced !== null) return { id: raced, created: false };
      await this.activations.insert({
        id,
        partnerId: actor.partnerId,
        vendorId: version.vendorId,
        campaignId: version.campaignId,
        versionId: version.versionId,
        listId: request.listId,
        slug: source.slug,
        locale,
        timeZone: profile.timeZone ?? compiled.definition.sequence.timeZone ?? 'UTC',
        timeZoneSource: profile.timeZone === null ? 'vendor' : 'activation',
        startAt: request.startAt ?? now,
        slots: request.slots,
        choices: request.choices,
        launchedBy: actor.name,
        launchedAt: now,
        leadsFromClicks: leadRuleOf(compiled.definition).clicks !== null,
        brandVersion: profile.version,
        idempotencyKey: request.idempotencyKey,
        requestHash,
      });
      await this.activations.insertBaked({ id, partnerId: actor.partnerId }, baked);
      await this.sources.seals.save(actor.partnerId, seal);
      await this.engagement.writeTargets(id, actor.partnerId, this.linkTargets(source));
      await this.audit.record(actor, {
        action: 'activation.launched',
        subject: { kind: 'activation', id },
        vendorId: version.vendorId,
        details: { versionId: version.versionId, listId: request.listId },
      });
      await request.leadRule?.by.makeStricter(actor, id, request.leadRule.rule);
      const { partnerId } = actor;
      const { vendorId, campaignId, versionId } = version;
      const facts = { activationId: id, campaignId, versionId, partnerId, reason: null };
      await this.webhooks.emitToBoth({ partnerId, vendorId }, 'activation.launched', facts);
      await this.jobs.enqueue(ACTIVATION_LAUNCHED, { activationId: id, partnerId: actor.partnerId });
      await this.jobs.enqueue(COBRAND_ASSETS, { activationId: id, partnerId: actor.partnerId });
      return { id, created: true };
    });
  }

  private linkTargets({ compiled, profile, slug }: BrandSource & { slug: string }): LinkTarget[] {
    const page = `${this.config.PUBLIC_URL}/p/${slug}`;
    const website = provenWebsite(profile) ?? page;
    const declared = Object.entries(compiled.definition.links).map(([name, link]): LinkTarget => {
      switch (link.kind) {
        case 'target':
          return { name, url: link.target };
        case 'partner':
          return { name, url: website };
        case 'page':
          return { name, url: page };
        case 'document':
          return { name, url: `${page}/documents/${link.document}.pdf` };
      }
    });
    return [...declared, { name: 'privacy', url: website }, { name: DECOY_LINK, url: website }];
  }
}

function hashOf({ versionId, listId, startAt, locale, slots, choices, leadRule }: LaunchRequest): string {
  const said = [versionId, listId, startAt?.toISOString() ?? null, locale, slots, choices];
  return createHash('sha256')
    .update(JSON.stringify(leadRule === undefined ? said : [...said, leadRule.rule]))
    .digest('hex');
}
