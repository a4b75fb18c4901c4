import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import {
  type PartnerOfReminders,
  ReminderResults,
  ReminderSettings,
  reminderSettingsVersion,
  type StoredReminderSettings,
} from '#activations';
import {
  OnboardingRemindersView,
  OnboardingReminderPartners,
  OnboardingReminderPartnersQuery,
  SaveOnboardingReminders,
} from '#contracts';
import type { PartnerId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, Summary } from '../http/openapi.js';

type Page = z.output<typeof OnboardingReminderPartners>;

/** Reminders to partners that joined and launched nothing. */
@Controller('api/v1/onboarding-reminders')
export class OnboardingRemindersController {
  constructor(
    private readonly settings: ReminderSettings,
    private readonly results: ReminderResults,
  ) {}

  /** What partners do within 28 days after they became due counts. It is at most six hours old. */
  @Summary('Get your reminders to partners that launched nothing, and their effect')
  @Allow('programme.read')
  @Get()
  @ResponseBody(OnboardingRemindersView)
  async get(@CurrentVendor() actor: VendorActor): Promise<OnboardingRemindersView> {
    return this.view(actor, await this.settings.get(actor));
  }

  /** Partners that are held out stay so. Another share begins a new comparison. */
  @Summary('Change your reminders to partners that launched nothing')
  @Allow('partners.edit')
  @Put()
  @ReplacesVersion()
  @ResponseBody(OnboardingRemindersView)
  async save(
    @CurrentVendor() actor: VendorActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: SaveOnboardingReminders }) body: z.output<typeof SaveOnboardingReminders>,
  ): Promise<OnboardingRemindersView> {
    return this.view(actor, await this.settings.save(actor, body, basedOn));
  }

  @Summary('List partners that became due for reminders, and why a partner gets no more')
  @Allow('partners.read')
  @Get('partners')
  @ResponseBody(OnboardingReminderPartners)
  async partners(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: OnboardingReminderPartnersQuery }) {
      limit,
      cursor,
      state,
    }: z.output<typeof OnboardingReminderPartnersQuery>,
  ): Promise<Page> {
    const page = { state: state ?? null, limit, afterId: idCursor<PartnerId>(cursor) };
    const found = await this.results.partners(actor, page);
    return { items: found.map(partnerView), nextCursor: nextCursor(found, limit, ({ partnerId }) => partnerId) };
  }

  private async view(actor: VendorActor, settings: StoredReminderSettings): Promise<OnboardingRemindersView> {
    const { measuredSince, isOn, firstAfterDays, againAfterDays, holdOutPercent, dailyLimit } = settings;
    return {
      version: reminderSettingsVersion(settings),
      isOn,
      firstAfterDays,
      againAfterDays,
      holdOutPercent,
      dailyLimit,
      measuredSince: measuredSince?.toISOString() ?? null,
      effect: await this.results.effect(actor, measuredSince),
    };
  }
}

const partnerView = ({ dueAt, lastSentAt, nextAt, ...partner }: PartnerOfReminders): Page['items'][number] => ({
  ...partner,
  dueAt: dueAt.toISOString(),
  lastSentAt: lastSentAt?.toISOString() ?? null,
  nextAt: nextAt?.toISOString() ?? null,
});
