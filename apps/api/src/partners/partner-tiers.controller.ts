import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  ComingDrops,
  PageQuery,
  SetTier,
  TierChanges,
  TierOfPartner,
  TierPreview,
  TierRulesInput,
  TierRulesView,
} from '#contracts';
import type { PartnerId, ProgrammeId, VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import { ManualTiers, PartnerTierRules, PartnerTiers } from '#tiers';
import { Allow, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { comingDropView, tierChangeView, tierOfPartnerView, tierRulesView } from './partner-tiers.view.js';

type Input = z.output<typeof TierRulesInput>;

/** The tiers of a vendor's partners: by rules, or set by a person. */
@ApiTags('partners')
@Controller('api/v1')
export class PartnerTiersController {
  constructor(
    private readonly rules: PartnerTierRules,
    private readonly tiers: PartnerTiers,
    private readonly manual: ManualTiers,
    private readonly organisations: Organisations,
  ) {}

  @Summary('Get the rules of your tiers')
  @Allow('partners.read')
  @Get('tier-rules')
  @ResponseBody(TierRulesView)
  async current(@CurrentVendor() actor: VendorActor): Promise<TierRulesView> {
    return this.view(actor, await this.programmeId(actor));
  }

  /**
   * A new version, which is evaluated at once: partners rise at once, and those
   * that fall keep their tier for the grace period and are told.
   */
  @Summary('Save the rules of your tiers, and evaluate them')
  @Allow('partners.edit')
  @Put('tier-rules')
  @ReplacesVersion()
  @ResponseBody(TierRulesView)
  async save(
    @CurrentVendor() actor: VendorActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: TierRulesInput }) body: Input,
  ): Promise<TierRulesView> {
    const programmeId = await this.programmeId(actor);
    await this.rules.save(actor, programmeId, body, basedOn);
    return this.view(actor, programmeId);
  }

  @Summary('Show who would rise, fall or stay by rules of tiers, and why. Saves nothing')
  @Allow('programme.read')
  @Post('tier-rules/preview')
  @HttpCode(200)
  @ResponseBody(TierPreview)
  async preview(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: TierRulesInput }) body: Input,
  ): Promise<TierPreview> {
    return this.rules.preview(actor, await this.programmeId(actor), body);
  }

  @Summary('List the partners that keep their tier for the grace period')
  @Allow('partners.read')
  @Get('tier-drops')
  @ResponseBody(ComingDrops)
  async drops(@CurrentVendor() actor: VendorActor): Promise<z.output<typeof ComingDrops>> {
    return { items: (await this.tiers.comingDrops(actor)).map(comingDropView) };
  }

  @Summary('List the changes of tiers, with what was measured at the time')
  @Allow('partners.read')
  @Get('tier-changes')
  @ResponseBody(TierChanges)
  async changes(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof TierChanges>> {
    const changes = await this.tiers.changes(actor, { limit: query.limit, beforeId: idCursor(query.cursor) });
    return { items: changes.map(tierChangeView), nextCursor: nextCursor(changes, query.limit, ({ id }) => id) };
  }

  @Summary('Get the tier of one partner, what it needs, what the next one needs, and its history')
  @Allow('partners.read')
  @Get('partners/:id/tier')
  @ResponseBody(TierOfPartner)
  ofPartner(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<TierOfPartner> {
    return this.viewOf(actor, id);
  }

  /** The rules do not change it until the last day is over or it is removed. */
  @Summary('Set the tier of one partner by hand, with a reason')
  @Allow('partners.manage')
  @Post('partners/:id/tier')
  @HttpCode(200)
  @ResponseBody(TierOfPartner)
  async set(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerId,
    @Body({ schema: SetTier }) body: z.output<typeof SetTier>,
  ): Promise<TierOfPartner> {
    await this.manual.set(actor, id, body);
    return this.viewOf(actor, id);
  }

  /** A partner that earns less keeps the tier for the grace period. */
  @Summary('Remove the tier that was set by hand: the rules decide again')
  @Allow('partners.manage')
  @Delete('partners/:id/tier')
  @HttpCode(200)
  @ResponseBody(TierOfPartner)
  async remove(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<TierOfPartner> {
    await this.manual.remove(actor, id);
    return this.viewOf(actor, id);
  }

  private async programmeId(actor: VendorActor): Promise<ProgrammeId> {
    return (await this.organisations.programmeOf(actor)).id;
  }

  private async view(actor: VendorActor, programmeId: ProgrammeId): Promise<TierRulesView> {
    const rules = await this.rules.current(actor, programmeId);
    return tierRulesView(rules, await this.rules.evaluatedOn(actor, programmeId));
  }

  private async viewOf(actor: VendorActor, id: PartnerId): Promise<TierOfPartner> {
    const standing = await this.tiers.ofPartner(actor, id);
    return tierOfPartnerView(standing, await this.tiers.historyOf(actor, actor.vendorId, id));
  }
}
