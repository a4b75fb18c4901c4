import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import {
  PartnerGroupInput,
  PartnerGroupMembers,
  PartnerGroupRule,
  PartnerGroups as PartnerGroupList,
  PartnerGroupSize,
  PartnerGroupView,
  type PartnerView,
} from '#contracts';
import type { PartnerGroupId, VendorActor } from '#kernel';
import { Organisations, PartnerGroups } from '#organisations';
import { Allow, CurrentVendor } from '../http/authority.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { IdParam } from '../http/path-parameters.js';
import { partnerGroupView, partnerView } from './partners.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Groups of partners, which a vendor defines by rules. */
@Controller('api/v1/partner-groups')
export class PartnerGroupsController {
  constructor(
    private readonly groups: PartnerGroups,
    private readonly organisations: Organisations,
  ) {}

  @Summary('List your partner groups')
  @Allow('programme.read')
  @Get()
  @ResponseBody(PartnerGroupList)
  async list(@CurrentVendor() actor: VendorActor): Promise<{ items: PartnerGroupView[] }> {
    const groups = await this.groups.list(actor);
    const sizes = await this.groups.sizesOf(actor, groups);
    return { items: groups.map((group) => partnerGroupView(group, sizes.get(group.id) ?? 0)) };
  }

  @Summary('Create a partner group from a rule')
  @Allow('partners.edit')
  @Post()
  @ResponseBody(PartnerGroupView, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: PartnerGroupInput }) body: z.output<typeof PartnerGroupInput>,
  ): Promise<PartnerGroupView> {
    const { id: programmeId } = await this.organisations.programmeOf(actor);
    const id = await this.groups.create(actor, {
      programmeId,
      name: body.name,
      rule: body.rule,
    });
    return this.view(actor, id);
  }

  /** Saves nothing. */
  @Summary('Count the partners that match a rule, and show the first of them. Saves nothing')
  @Allow('programme.read')
  @Post('size')
  @HttpCode(200)
  @ResponseBody(PartnerGroupSize)
  async size(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: PartnerGroupRule }) body: z.output<typeof PartnerGroupRule>,
  ): Promise<PartnerGroupSize> {
    const { id: programmeId } = await this.organisations.programmeOf(actor);
    const { memberCount, members } = await this.groups.preview(actor, programmeId, body.rule);
    return { memberCount, members: [...members] };
  }

  @Summary('Update a partner group')
  @Allow('partners.edit')
  @Put(':id')
  @ReplacesVersion()
  @ResponseBody(PartnerGroupView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerGroupId,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: PartnerGroupInput }) body: z.output<typeof PartnerGroupInput>,
  ): Promise<PartnerGroupView> {
    await this.groups.change(actor, id, { name: body.name, rule: body.rule }, basedOn);
    return this.view(actor, id);
  }

  @Summary('Archive a partner group: lists and choices no longer show it')
  @Allow('partners.edit')
  @Post(':id/archive')
  @HttpCode(200)
  @ResponseBody(PartnerGroupView)
  async archive(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerGroupId): Promise<PartnerGroupView> {
    await this.groups.setArchived(actor, id, true);
    return this.view(actor, id);
  }

  @Summary('Restore an archived partner group')
  @Allow('partners.edit')
  @Post(':id/restore')
  @HttpCode(200)
  @ResponseBody(PartnerGroupView)
  async restore(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerGroupId): Promise<PartnerGroupView> {
    await this.groups.setArchived(actor, id, false);
    return this.view(actor, id);
  }

  @Summary('Delete a partner group that no campaign was published to')
  @Allow('partners.edit')
  @Delete(':id')
  @HttpCode(204)
  async delete(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerGroupId): Promise<void> {
    await this.groups.delete(actor, id);
  }

  @Summary('List the members of a partner group')
  @Allow('programme.read')
  @Get(':id/members')
  @HttpCode(200)
  @ResponseBody(PartnerGroupMembers)
  async members(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerGroupId,
  ): Promise<{ items: PartnerView[] }> {
    const group = await this.groups.get(actor, id);
    return { items: (await this.groups.members(actor, group)).map(partnerView) };
  }

  private async view(actor: VendorActor, id: PartnerGroupId): Promise<PartnerGroupView> {
    const group = await this.groups.get(actor, id);
    return partnerGroupView(group, (await this.groups.sizesOf(actor, [group])).get(id) ?? 0);
  }
}
