import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import { OrganisationDeletionView, RequestOrganisationDeletion } from '#contracts';
import type { Actor } from '#kernel';
import { OrganisationDeletions } from '#privacy';
import { AllowBothSides, CurrentActor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { ownerIn } from './side.js';

/** The deletion of an organisation with all its data, for its owners. */
@Controller('api/v1/organisation/deletion')
export class OrganisationDeletionController {
  constructor(private readonly deletions: OrganisationDeletions) {}

  @Summary('Get whether your organisation is to be deleted, and whether you can ask for it')
  @AllowBothSides('team.edit')
  @Get()
  @ResponseBody(OrganisationDeletionView)
  async status(@CurrentActor() actor: Actor): Promise<OrganisationDeletionView> {
    return this.deletions.status(ownerIn(actor));
  }

  /** An export must have been downloaded in the last seven days. */
  @Summary('Ask to delete your organisation after 14 days (vendors: 30). Its partnerships end on that day')
  @AllowBothSides('team.edit')
  @Post()
  @HttpCode(202)
  @ResponseBody(OrganisationDeletionView, 202)
  async request(
    @CurrentActor() actor: Actor,
    @Body({ schema: RequestOrganisationDeletion }) body: z.output<typeof RequestOrganisationDeletion>,
  ): Promise<OrganisationDeletionView> {
    return this.deletions.request(ownerIn(actor), body);
  }

  @Summary('Withdraw the deletion of your organisation, until its last day is over')
  @AllowBothSides('team.edit')
  @Delete()
  @HttpCode(204)
  async withdraw(@CurrentActor() actor: Actor): Promise<void> {
    await this.deletions.withdraw(ownerIn(actor));
  }
}
