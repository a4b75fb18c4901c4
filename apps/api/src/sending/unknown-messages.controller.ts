import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { PublishedVersions } from '#campaigns';
import { CONFIG, type Config } from '#config';
import { CompiledCampaigns, stepNames } from '#content';
import { DecideUnknown, DecidedUnknown, type StepName, UnknownMessages } from '#contracts';
import { type CampaignVersionId, systemActor, type VendorActor } from '#kernel';
import { VendorUnknownMessages, type VendorUnknownMessage } from '#sequences';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const MOST = 100;
const NAMING = systemActor('unknown-messages');

/** Messages of a vendor's campaigns whose delivery is not confirmed. */
@ApiTags('sending')
@Controller('api/v1/unknown-messages')
export class UnknownMessagesController {
  constructor(
    private readonly desk: VendorUnknownMessages,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /**
   * The hundred messages that have been unknown longest, with the Message-ID
   * that the log of a mail server contains.
   */
  @Summary('List the messages whose delivery is not confirmed')
  @Get()
  @Allow('relays.edit')
  @ResponseBody(UnknownMessages)
  async list(@CurrentVendor() actor: VendorActor): Promise<UnknownMessages> {
    const found = await this.desk.list(actor, MOST);
    const names = await this.namesIn(found);
    return {
      items: found.map(({ unknownSince, versionId, ...message }) => ({
        ...message,
        messageId: `<${message.id}@${this.config.MAIL_DOMAIN}>`,
        unknownSince: unknownSince.toISOString(),
        name: names.get(versionId)?.find(({ stepKey }) => stepKey === message.stepKey) ?? null,
      })),
    };
  }

  /**
   * Messages that are already decided, or belong to another vendor, are not
   * changed and not counted.
   */
  @Summary('Decide unconfirmed messages: accepted, send again, or close')
  @Post('decide')
  @HttpCode(200)
  @Allow('relays.edit')
  @ResponseBody(DecidedUnknown)
  async decide(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: DecideUnknown }) { ids, decision }: z.output<typeof DecideUnknown>,
  ): Promise<DecidedUnknown> {
    return { decided: await this.desk.decide(actor, ids, decision) };
  }

  /**
   * Names of the steps of the messages' campaigns. Subjects are in the first
   * language of each campaign.
   */
  private async namesIn(found: readonly VendorUnknownMessage[]): Promise<ReadonlyMap<CampaignVersionId, StepName[]>> {
    const names = new Map<CampaignVersionId, StepName[]>();
    for (const versionId of new Set(found.map((message) => message.versionId))) {
      const { compiledHash, locales } = await this.published.launched(NAMING, versionId);
      names.set(versionId, stepNames(await this.compiled.load(compiledHash), locales[0] ?? ''));
    }
    return names;
  }
}
