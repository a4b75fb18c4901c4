import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  frequencyCapVersion,
  type FrequencyRule,
  type OrganisationFrequencyCap,
  OrganisationFrequencyCaps,
} from '#contacts';
import { FrequencyCapView, SaveFrequencyCap } from '#contracts';
import type { PartnerActor, VendorActor } from '#kernel';
import { Allow, CurrentPartner, CurrentVendor } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, Summary } from '../http/openapi.js';

type Saved = z.output<typeof SaveFrequencyCap>;

/**
 * Frequency caps: a vendor's for each of its partners, a partner's across all
 * its vendors.
 */
@ApiTags('sending')
@Controller('api/v1')
export class FrequencyCapsController {
  constructor(private readonly caps: OrganisationFrequencyCaps) {}

  @Summary('Get the frequency cap of your campaigns for each partner')
  @Get('vendor-sending/frequency-cap')
  @Allow('relays.edit')
  @ResponseBody(FrequencyCapView)
  async ofVendor(@CurrentVendor() actor: VendorActor): Promise<FrequencyCapView> {
    return viewOf(await this.caps.get(actor));
  }

  @Summary('Set a frequency cap of your campaigns for each partner, in force after eight days')
  @Put('vendor-sending/frequency-cap')
  @ReplacesVersion()
  @Allow('relays.edit')
  @ResponseBody(FrequencyCapView)
  async setOfVendor(
    @CurrentVendor() actor: VendorActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: SaveFrequencyCap }) saved: Saved,
  ): Promise<FrequencyCapView> {
    return viewOf(await this.caps.set(actor, ruleOf(saved), basedOn));
  }

  @Summary("Get your frequency cap across all vendors' campaigns")
  @Get('sending/frequency-cap')
  @Allow('brand.read')
  @ResponseBody(FrequencyCapView)
  async ofPartner(@CurrentPartner() actor: PartnerActor): Promise<FrequencyCapView> {
    return viewOf(await this.caps.get(actor));
  }

  @Summary("Set your frequency cap, within the platform's limit")
  @Put('sending/frequency-cap')
  @ReplacesVersion()
  @Allow('brand.edit')
  @ResponseBody(FrequencyCapView)
  async setOfPartner(
    @CurrentPartner() actor: PartnerActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: SaveFrequencyCap }) saved: Saved,
  ): Promise<FrequencyCapView> {
    return viewOf(await this.caps.set(actor, ruleOf(saved), basedOn));
  }
}

const ruleOf = ({ cap, days }: Saved): FrequencyRule | null => (cap === null ? null : { cap, days });

const viewOf = ({ own, next, most }: OrganisationFrequencyCap): FrequencyCapView => ({
  version: frequencyCapVersion({ own, next }),
  cap: own?.cap ?? null,
  days: own?.days ?? most.days,
  next:
    next === null
      ? null
      : { cap: next.rule?.cap ?? null, days: next.rule?.days ?? most.days, from: next.from.toISOString() },
  most: most.cap,
  mostDays: most.days,
});
