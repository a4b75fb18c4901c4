import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { LaunchReminders } from '#activations';
import { RemindedPartners, RemindPartners } from '#contracts';
import { PartnerInvitations, PartnerOnboarding } from '#identity';
import { Clock, DAY_MS, DomainError, type PartnerId, type VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

type Skipped = RemindedPartners['skipped'][number];

/** Reminders of partners that have launched nothing yet, or have not joined. */
@ApiTags('partners')
@Controller('api/v1/partners/reminders')
export class PartnerRemindersController {
  constructor(
    private readonly onboarding: PartnerOnboarding,
    private readonly invitations: PartnerInvitations,
    private readonly reminders: LaunchReminders,
    private readonly clock: Clock,
  ) {}

  /**
   * Partners that have joined get an e-mail with the campaigns that they can
   * launch, at most once in seven days. Invited ones get their invitation again,
   * at most once a day.
   */
  @Summary('Ask partners to launch what is offered to them, or to join')
  @Allow('partners.manage')
  @Post()
  @HttpCode(200)
  @ResponseBody(RemindedPartners)
  async remind(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: RemindPartners }) { partnerIds, message }: z.output<typeof RemindPartners>,
  ): Promise<RemindedPartners> {
    const { reminded: joined, skipped } = await this.reminders.remind(actor, partnerIds, message ?? null);
    const reminded: string[] = [...joined];
    const notReminded: Skipped[] = [];
    const invited = skipped.filter(({ reason }) => reason === 'invited').map(({ partnerId }) => partnerId);
    const open = await this.invitations.pending(actor, invited);
    for (const { partnerId, reason } of skipped) {
      const why = reason === 'invited' ? await this.inviteAgain(actor, partnerId, open.get(partnerId)?.sentAt) : reason;
      if (why === null) reminded.push(partnerId);
      else notReminded.push({ partnerId, reason: why });
    }
    return { reminded, skipped: notReminded };
  }

  /** @returns why not; null: it was sent. */
  private async inviteAgain(
    actor: VendorActor,
    partnerId: PartnerId,
    sentAt: Date | undefined,
  ): Promise<Skipped['reason'] | null> {
    if (sentAt !== undefined && this.clock.now().getTime() - sentAt.getTime() < DAY_MS) return 'recently-reminded';
    try {
      await this.onboarding.resend(actor, partnerId);
      return null;
    } catch (error) {
      if (error instanceof DomainError) return 'invitation-refused';
      throw error;
    }
  }
}
