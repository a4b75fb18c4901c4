import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Calendars, LaunchDelays, Offers } from '#activations';
import { BrandProfiles, type IdentityStatus } from '#brand';
import type { OfferedVersion } from '#campaigns';
import { ContactLists, type LaunchLists, type OptOutsCounted } from '#contacts';
import type { CompiledCampaign } from '#content';
import {
  type CampaignVersionId,
  Clock,
  type Locale,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  DAY_MS,
} from '#kernel';
import { type PartnerChoices, type SequenceDefinition, withCalendar } from '#sequencing';
import { DueQueue } from '../enrolment/due-queue.service.js';
import { DryRunCache } from './dry-run-cache.js';
import { DryRunLimits } from './dry-run-limits.service.js';
import type { QuotaLimits } from './quotas.js';
import { UnrenderableEmails } from './unrenderable-emails.js';

export interface DryRunRequest {
  readonly versionId: CampaignVersionId;
  readonly lists: LaunchLists;
  /** Null: now. */
  readonly startAt: Date | null;
  readonly locale: Locale | null;
  readonly choices: PartnerChoices;
}

/** What a dry run needs of a campaign version, published or not. */
export interface SimulatedVersion {
  readonly version: Pick<OfferedVersion, 'vendorId' | 'campaignId' | 'theme' | 'locales' | 'testWinner'>;
  readonly compiled: CompiledCampaign;
  /** Default locale of a launch. */
  readonly locale: Locale;
}

/** A user of a partner, or a process in that partner's scope. */
export type DryRunActor = PartnerActor | (SystemActor & { readonly partnerId: PartnerId });

/** Input of a forecast that all contacts share. */
export interface DryRunPlan {
  readonly actor: DryRunActor;
  readonly offer: SimulatedVersion;
  readonly sequence: SequenceDefinition;
  readonly lists: LaunchLists;
  readonly choices: PartnerChoices;
  readonly startAt: Date;
  readonly until: Date;
  readonly timeZone: string;
  readonly timeZoneSource: 'activation' | 'vendor';
  readonly locale: Locale;
  readonly limits: QuotaLimits;
  readonly cache: DryRunCache;
  readonly unrenderable: UnrenderableEmails;
  readonly optOuts: OptOutsCounted;
  /** Hash of all input except the lists. */
  readonly state: string;
}

const HORIZON_DAYS = 90;

/**
 * Reads the input of a dry run, from the same sources as a launch and a
 * submission.
 */
@Injectable()
export class DryRunPlans {
  constructor(
    private readonly clock: Clock,
    private readonly delays: LaunchDelays,
    private readonly offers: Offers,
    private readonly profiles: BrandProfiles,
    private readonly calendars: Calendars,
    private readonly lists: ContactLists,
    private readonly queue: DueQueue,
    private readonly limits: DryRunLimits,
  ) {}

  /**
   * @returns a token that changes with the partner's own input: the lists and
   *   their contacts, their permissions and preferences, opt-outs, calendar,
   *   domain, quotas and launches. It does not change when other partners send
   *   to the same contacts: a partner must not learn when that happens.
   */
  async stateOf(plan: DryRunPlan): Promise<string> {
    const { actor, lists } = plan;
    const members = await this.lists.changeToken(actor, [...lists.include, ...lists.exclude]);
    const served = await this.queue.lastServedAt(actor.partnerId);
    return `${plan.state} ${members} ${served?.getTime() ?? ''}`;
  }

  /**
   * @throws DomainError `campaign-version.not-found`, `contact-list.not-found`.
   */
  async plan(actor: PartnerActor, request: DryRunRequest): Promise<DryRunPlan> {
    await this.lists.requireLists(actor, [...request.lists.include, ...request.lists.exclude]);
    const offer = await this.offers.one(actor, request.versionId);
    const startAt = await this.delays.startOf(actor, request.startAt);
    return this.planOf(actor, offer, { ...request, startAt }, 'of-partner');
  }

  /** Like `plan`, for a version that was read already and an existing list. */
  async planOf(
    actor: DryRunActor,
    offer: SimulatedVersion,
    request: Omit<DryRunRequest, 'versionId'>,
    optOuts: OptOutsCounted,
  ): Promise<DryRunPlan> {
    const profile = await this.profiles.current(actor);
    const startAt = request.startAt ?? this.clock.now();
    const until = new Date(startAt.getTime() + HORIZON_DAYS * DAY_MS);
    const { definition, emails } = offer.compiled;
    const { sequence } = definition;
    const choices = withCalendar(request.choices, await this.calendars.get(actor, actor.partnerId));
    const perDay = sequence.dailyLimit ?? null;
    const { identity, limits, caps } = await this.limits.read(actor, offer.version, startAt, perDay);
    // A held identity only delays messages. The dry run assumes that it is
    // ready.
    const standing: IdentityStatus = identity.status === 'held' ? 'ready' : identity.status;
    const rests = [offer.version, offer.locale, profile.timeZone, identity, choices, caps, limits, [...limits.usedOn]];
    return {
      state: createHash('sha256').update(JSON.stringify(rests)).digest('base64url'),
      actor,
      offer,
      sequence,
      startAt,
      until,
      lists: request.lists,
      choices,
      timeZone: profile.timeZone ?? sequence.timeZone ?? 'UTC',
      timeZoneSource: profile.timeZone === null ? 'vendor' : 'activation',
      locale: request.locale ?? offer.locale,
      limits,
      optOuts,
      cache: new DryRunCache({ sequence, startAt, until, choices, identity: standing, caps }),
      unrenderable: new UnrenderableEmails(emails),
    };
  }
}
