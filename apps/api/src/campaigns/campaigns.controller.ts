import { Controller, Get, Headers, Post, Query, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Activations } from '#activations';
import { CampaignDrafts, CampaignLibrary } from '#campaigns';
import { PACKAGE_LIMITS } from '#content';
import { CampaignDetail, CampaignQuery, Campaigns, CampaignVersionCard } from '#contracts';
import { can } from '#identity';
import { type CampaignId, Clock, DomainError, type VendorActor } from '#kernel';
import { PartnerGroups } from '#organisations';
import { CampaignDetails } from './campaign-details.service.js';
import { campaignCard, campaignVersionCard } from './campaigns.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { IdParam } from '../http/path-parameters.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { oneUpload, type Upload } from '../http/uploads.js';

/**
 * One byte more than allowed, so that the lib refuses the file with an error
 * that says what to do.
 */
const onePackage = oneUpload('package', { fileSize: PACKAGE_LIMITS.zippedBytes + 1, fields: 0 });
const uploadBody = ApiBody({
  schema: { type: 'object', required: ['package'], properties: { package: { type: 'string', format: 'binary' } } },
});

/** A vendor's campaigns. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns')
export class CampaignsController {
  constructor(
    private readonly drafts: CampaignDrafts,
    private readonly library: CampaignLibrary,
    private readonly activations: Activations,
    private readonly groups: PartnerGroups,
    private readonly details: CampaignDetails,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a campaign from a zipped package. For an invalid package the status
   * is 422, with file, line and column of every problem.
   */
  @Summary('Create a campaign from a zipped package')
  @Post()
  @Allow('campaigns.edit')
  @UseInterceptors(onePackage)
  @ApiConsumes('multipart/form-data')
  @uploadBody
  @ResponseBody(CampaignVersionCard, 201)
  async create(
    @CurrentVendor() actor: VendorActor,
    @UploadedFile() file: Upload | undefined,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.drafts.create(actor, zipOf(file)), this.clock.now());
  }

  /**
   * Creates the next version of a campaign. If the newest version is a draft,
   * replaces its content.
   */
  @Summary('Upload the next version of a campaign')
  @Post(':id/versions')
  @Allow('campaigns.edit')
  @UseInterceptors(onePackage)
  @ApiConsumes('multipart/form-data')
  @uploadBody
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The packageHash of the draft that this replaces, in double quotes.',
  })
  @ResponseBody(CampaignVersionCard, 201)
  async next(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @UploadedFile() file: Upload | undefined,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CampaignVersionCard> {
    const basedOn = ifMatch === undefined ? null : ifMatch.replace(/^(?:W\/)?"|"$/g, '');
    return campaignVersionCard(await this.drafts.next(actor, id, zipOf(file), basedOn), this.clock.now());
  }

  @Summary('List your campaigns')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(Campaigns)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: CampaignQuery })
    { limit, cursor, q, state, tag }: z.output<typeof CampaignQuery>,
  ): Promise<z.output<typeof Campaigns>> {
    const beforeId = idCursor(cursor);
    const shelf = await this.library.list(actor, {
      limit,
      beforeId,
      search: q ?? null,
      state: state ?? null,
      tag: tag ?? null,
    });
    const groups = new Map((await this.groups.list(actor)).map((group) => [group.id as string, group.name]));
    const running = can(actor, 'vendor-activations.read')
      ? await this.activations.partnersRunning(
          actor,
          shelf.map(({ id }) => id),
        )
      : null;
    const now = this.clock.now();
    const runningOf = (id: CampaignId): number | null => (running === null ? null : (running.get(id) ?? 0));
    const items = shelf.map((one) => campaignCard(one, groups, runningOf(one.id), now));
    return { items, nextCursor: nextCursor(shelf, limit, ({ id }) => id) };
  }

  @Summary('Get one campaign with its versions')
  @Get(':id')
  @Allow('campaigns.read')
  @ResponseBody(CampaignDetail)
  async one(@CurrentVendor() actor: VendorActor, @IdParam('id') id: CampaignId): Promise<CampaignDetail> {
    return this.details.get(actor, id);
  }
}

function zipOf(file: Upload | undefined): Buffer {
  if (file !== undefined) return file.buffer;
  throw new DomainError('package.missing', 'Send the zipped package as the form field "package".', {
    field: 'package',
  });
}
