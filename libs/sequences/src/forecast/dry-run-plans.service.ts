import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Calendars, Offers } from '#activations';
import { BrandProfiles, type IdentityStatus } from '#brand';
import type { OfferedVersion } from '#campaigns';
import { ContactLists } from '#contacts';
import type { CompiledCampaign } from '#content';
import {
  type CampaignVersionId,
  Clock,
  type ContactListId,
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
  readonly listId: ContactListId;
  /** Null: now. */
  readonly startAt: Date | null;
  readonly locale: Locale | null;
  readonly choices: PartnerChoices;
}

/** A campaign version as far as a dry run looks at it, published or not. */
export interface SimulatedVersion {
  readonly version: Pick<OfferedVersion, 'vendorId' | 'campaignId' | 'theme' | 'locales'>;
  readonly compiled: CompiledCampaign;
  /** In which a partner would launch it. */
  readonly locale: Locale;
}

/** Somebody of a partner, or a process in that partner's scope. */
export type DryRunActor = PartnerActor | (SystemActor & { readonly partnerId: PartnerId });

/** All that a forecast is made from and that all contacts share. */
export interface DryRunPlan {
  readonly actor: DryRunActor;
  readonly offer: SimulatedVersion;
  readonly sequence: SequenceDefinition;
  readonly listId: ContactListId;
  readonly startAt: Date;
  readonly until: Date;
  readonly timeZone: string;
  readonly timeZoneSource: 'activation' | 'vendor';
  readonly locale: Locale;
  readonly limits: QuotaLimits;
  readonly cache: DryRunCache;
  readonly unrenderable: UnrenderableEmails;
  /** What it rests on besides the list, in a few characters. */
  readonly state: string;
}

const HORIZON_DAYS = 90;

/**
 * Reads what a dry run is made from: the same that a launch and a submission
 * read.
 */
@Injectable()
export class DryRunPlans {
  constructor(
    private readonly clock: Clock,
    private readonly offers: Offers,
    private readonly profiles: BrandProfiles,
    private readonly calendars: Calendars,
    private readonly lists: ContactLists,
    private readonly queue: DueQueue,
    private readonly limits: DryRunLimits,
  ) {}

  /**
   * Changes when anything does that the partner decides or that its own mail
   * has done: the list and its people, their permission and wishes, its
   * opt-outs, calendar, domain and places, what was launched. Not when others'
   * dealings with the same people do: a partner must not see when that happens.
   */
  async stateOf(plan: DryRunPlan): Promise<string> {
    const { actor, listId } = plan;
    const members = await this.lists.changeToken(actor, listId);
    const served = await this.queue.lastServedAt(actor.partnerId);
    return `${plan.state} ${members} ${served?.getTime() ?? ''}`;
  }

  /**
   * @throws DomainError `campaign-version.not-found`, `contact-list.not-found`.
   */
  async plan(actor: PartnerActor, request: DryRunRequest): Promise<DryRunPlan> {
    await this.lists.get(actor, request.listId);
    const offer = await this.offers.one(actor, request.versionId);
    return this.planOf(actor, offer, request);
  }

  /** The same of a version that is at hand, for a list that there is. */
  async planOf(
    actor: DryRunActor,
    offer: SimulatedVersion,
    request: Omit<DryRunRequest, 'versionId'>,
  ): Promise<DryRunPlan> {
    const profile = await this.profiles.current(actor);
    const startAt = request.startAt ?? this.clock.now();
    const until = new Date(startAt.getTime() + HORIZON_DAYS * DAY_MS);
    const { definition, emails } = offer.compiled;
    const { sequence } = definition;
    const choices = withCalendar(request.choices, await this.calendars.get(actor, actor.partnerId));
    const perDay = sequence.dailyLimit ?? null;
    const { identity, limits, caps } = await this.limits.read(actor, offer.version, startAt, perDay);
    // What is held waits until it is mended; a dry run tells of where it is.
    const standing: IdentityStatus = identity.status === 'held' ? 'ready' : identity.status;
    const rests = [offer.version, offer.locale, profile.timeZone, identity, choices, caps, limits, [...limits.usedOn]];
    return {
      state: createHash('sha256').update(JSON.stringify(rests)).digest('base64url'),
      actor,
      offer,
      sequence,
      startAt,
      until,
      listId: request.listId,
      timeZone: profile.timeZone ?? sequence.timeZone ?? 'UTC',
      timeZoneSource: profile.timeZone === null ? 'vendor' : 'activation',
      locale: request.locale ?? offer.locale,
      limits,
      cache: new DryRunCache({ sequence, startAt, until, choices, identity: standing, caps }),
      unrenderable: new UnrenderableEmails(emails),
    };
  }
}
