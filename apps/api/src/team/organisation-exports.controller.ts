import { Controller, Get, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { OrganisationExports as OrganisationExportsView, OrganisationExportView } from '#contracts';
import type { Actor } from '#kernel';
import { type OrganisationExportId, OrganisationExports } from '#privacy';
import { AllowBothSides, Confirmed, CurrentActor } from '../http/authority.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { ownerIn } from './side.js';

/** Files with everything that an organisation holds, for its owners. */
@Controller('api/v1/organisation/exports')
export class OrganisationExportsController {
  constructor(private readonly exports: OrganisationExports) {}

  @Summary('List the latest exports of your organisation')
  @AllowBothSides('team.edit')
  @Get()
  @ResponseBody(OrganisationExportsView)
  async list(@CurrentActor() actor: Actor): Promise<{ items: OrganisationExportView[] }> {
    return { items: await this.exports.list(ownerIn(actor)) };
  }

  /** A running one is returned instead of a second one. */
  @Summary('Export everything that your organisation holds, in the background')
  @AllowBothSides('team.edit')
  @Post()
  @HttpCode(202)
  @ResponseBody(OrganisationExportView, 202)
  async request(@CurrentActor() actor: Actor): Promise<OrganisationExportView> {
    return this.exports.request(ownerIn(actor));
  }

  @Summary('Get the progress of an export')
  @AllowBothSides('team.edit')
  @Confirmed()
  @Get(':id')
  @ResponseBody(OrganisationExportView)
  async get(@CurrentActor() actor: Actor, @IdParam('id') id: OrganisationExportId): Promise<OrganisationExportView> {
    return this.exports.get(ownerIn(actor), id);
  }

  @Summary('Download an export as zip. It is deleted after three days')
  @AllowBothSides('team.edit')
  @Confirmed()
  @Get(':id/file')
  @ResponseMedia('application/zip')
  async file(@CurrentActor() actor: Actor, @IdParam('id') id: OrganisationExportId): Promise<StreamableFile> {
    const { stream, size } = await this.exports.open(ownerIn(actor), id);
    return new StreamableFile(stream, {
      type: 'application/zip',
      length: size,
      disposition: 'attachment; filename="throughline-export.zip"',
    });
  }
}
