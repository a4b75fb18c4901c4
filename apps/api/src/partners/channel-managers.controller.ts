import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { AssignedPartners, AssignPartners, ChannelManagersView } from '#contracts';
import { ChannelManagers, type ManagedSelection } from '#identity';
import type { VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

type Asked = z.output<typeof AssignPartners>;

/** People of a vendor who look after partners, and which partners. */
@ApiTags('partners')
@Controller('api/v1/channel-managers')
export class ChannelManagersController {
  constructor(private readonly managers: ChannelManagers) {}

  @Summary('List your channel managers and how many partners each looks after')
  @Allow('partners.read')
  @Get()
  @ResponseBody(ChannelManagersView)
  async list(@CurrentVendor() actor: VendorActor): Promise<ChannelManagersView> {
    return { items: [...(await this.managers.list(actor))] };
  }

  /** The channel manager sees these partners from the next request on, and the one before does not. */
  @Summary('Give partners to a channel manager: some, those of a group, or all of another channel manager')
  @Allow('channel-managers.edit')
  @Post('assignments')
  @HttpCode(200)
  @ResponseBody(AssignedPartners)
  async assign(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: AssignPartners }) body: Asked,
  ): Promise<z.output<typeof AssignedPartners>> {
    return { changed: await this.managers.assign(actor, selectionOf(body), body.managerId) };
  }
}

function selectionOf({ partnerIds, groupId, fromManagerId }: Asked): ManagedSelection {
  if (partnerIds !== undefined) return { partnerIds };
  if (groupId !== undefined) return { groupId };
  if (fromManagerId !== undefined) return { fromManagerId };
  throw new Error('The contract asks for one of the three.');
}
