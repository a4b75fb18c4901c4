import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { type FrequencyRule, type OwnFrequencyCap, OwnFrequencyCaps } from '#contacts';
import { FrequencyCapView, SaveFrequencyCap } from '#contracts';
import type { PartnerActor, VendorActor } from '#kernel';
import { Answers } from '../http/api-response.js';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';

type Saved = z.output<typeof SaveFrequencyCap>;

/** How often anybody is written to: a vendor's word over all of its partners, a partner's over all of its vendors. */
@ApiTags('sending')
@Controller('api/v1')
export class FrequencyCapsController {
  constructor(private readonly caps: OwnFrequencyCaps) {}

  @Get('vendor-sending/frequency-cap')
  @Allow('relays.edit')
  @Answers(FrequencyCapView)
  async ofVendor(@CurrentVendor() actor: VendorActor): Promise<FrequencyCapView> {
    return viewOf(await this.caps.of(actor));
  }

  @Put('vendor-sending/frequency-cap')
  @Allow('relays.edit')
  @Answers(FrequencyCapView)
  async setOfVendor(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: SaveFrequencyCap }) saved: Saved,
  ): Promise<FrequencyCapView> {
    return viewOf(await this.caps.set(actor, ruleOf(saved)));
  }

  @Get('sending/frequency-cap')
  @Allow('brand.read')
  @Answers(FrequencyCapView)
  async ofPartner(@CurrentPartner() actor: PartnerActor): Promise<FrequencyCapView> {
    return viewOf(await this.caps.of(actor));
  }

  @Put('sending/frequency-cap')
  @Allow('brand.edit')
  @Answers(FrequencyCapView)
  async setOfPartner(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: SaveFrequencyCap }) saved: Saved,
  ): Promise<FrequencyCapView> {
    return viewOf(await this.caps.set(actor, ruleOf(saved)));
  }
}

const ruleOf = ({ cap, days }: Saved): FrequencyRule | null => (cap === null ? null : { cap, days });

const viewOf = ({ own, most }: OwnFrequencyCap): FrequencyCapView => ({
  cap: own?.cap ?? null,
  days: own?.days ?? most.days,
  most: most.cap,
  mostDays: most.days,
});
