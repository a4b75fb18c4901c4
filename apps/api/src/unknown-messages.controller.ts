import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CONFIG, type Config } from '#config';
import { DecideUnknown, DecidedUnknown, UnknownMessages } from '#contracts';
import type { MessageId, VendorActor } from '#kernel';
import { UnknownDesk } from '#sequences';
import { Answers } from './http/api-response.js';
import { Allow, CurrentVendor } from './http/authority.js';

const MOST = 100;

/** Messages of a vendor's campaigns of which nobody knows whether they went out. */
@ApiTags('sending')
@Controller('api/v1/unknown-messages')
export class UnknownMessagesController {
  constructor(
    private readonly desk: UnknownDesk,
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
  ) {}

  /** The hundred that are unknown longest, by the Message-ID that a mail server's log has. */
  @Get()
  @Allow('relays.edit')
  @Answers(UnknownMessages)
  async list(@CurrentVendor() actor: VendorActor): Promise<UnknownMessages> {
    const found = await this.desk.of(actor, MOST);
    return {
      items: found.map(({ unknownSince, ...message }) => ({
        ...message,
        messageId: `<${message.id}@${this.config.MAIL_DOMAIN}>`,
        unknownSince: unknownSince.toISOString(),
      })),
    };
  }

  /** What is decided already, or is another vendor's, is left alone and not counted. */
  @Post('decide')
  @HttpCode(200)
  @Allow('relays.edit')
  @Answers(DecidedUnknown)
  async decide(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: DecideUnknown }) { ids, decision }: z.output<typeof DecideUnknown>,
  ): Promise<DecidedUnknown> {
    return { decided: await this.desk.decide(actor, ids as MessageId[], decision) };
  }
}
