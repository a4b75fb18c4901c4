import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CampaignLibrary, CampaignPreviews, CampaignPublication, CampaignReview } from '#campaigns';
import {
  CampaignPreview,
  CampaignPreviewQuery,
  CampaignVersionCard,
  CampaignVersionDetail,
  ConfirmTexts,
  ExtendVersion,
  PublishVersion,
  ReturnVersion,
  SubmitVersion,
} from '#contracts';
import { type CampaignId, Clock, type VendorActor } from '#kernel';
import { campaignPreview, campaignVersionCard, campaignVersionDetail } from './campaigns.view.js';
import { Allow, CurrentVendor } from '../http/authority.js';
import { IdParam, TemplateKey, VersionNumber } from '../http/path-parameters.js';
import { traitsOf } from './recipient-traits.view.js';
import { ResponseBody, ResponseMedia, Summary } from '../http/openapi.js';

/**
 * One version of a campaign: its content, and its steps from draft to
 * published.
 */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number')
export class CampaignVersionsController {
  constructor(
    private readonly library: CampaignLibrary,
    private readonly review: CampaignReview,
    private readonly publication: CampaignPublication,
    private readonly previews: CampaignPreviews,
    private readonly clock: Clock,
  ) {}

  @Summary('Get one version of a campaign')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(CampaignVersionDetail)
  async one(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<CampaignVersionDetail> {
    const detail = await this.library.version(actor, id, number);
    this.publication.prepare(actor, detail.version);
    return campaignVersionDetail(detail, this.clock.now());
  }

  /** The package as it was uploaded. */
  @Summary('Download a version as a campaign package')
  @ResponseMedia('application/zip')
  @Get('package.zip')
  @Allow('campaigns.read')
  @ApiProduces('application/zip')
  @ApiOkResponse()
  async package(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<StreamableFile> {
    const zip = await this.library.packageOf(actor, id, number);
    const { campaign } = await this.library.version(actor, id, number);
    return new StreamableFile(zip, {
      type: 'application/zip',
      disposition: `attachment; filename="${campaign.name}-v${number}.zip"`,
    });
  }

  /**
   * The manifest contains the public key. With both, sent copies can be
   * verified without this server.
   */
  @Summary('Download the signed manifest of a published version')
  @ResponseMedia('application/json')
  @Get('manifest')
  @Allow('campaigns.read')
  @ApiProduces('application/json')
  @ApiOkResponse()
  async manifest(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<StreamableFile> {
    const manifest = await this.library.manifestOf(actor, id, number);
    return new StreamableFile(manifest, {
      type: 'application/json',
      disposition: `attachment; filename="manifest-${number}.json"`,
    });
  }

  /**
   * Chosen reviewers get a mail; without a choice all approvers get it. Another
   * approver may decide, too.
   */
  @Summary('Submit a draft for review, by chosen reviewers and until a day')
  @Post('submit')
  @HttpCode(200)
  @Allow('campaigns.submit')
  @ResponseBody(CampaignVersionCard)
  async submit(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: SubmitVersion }) wanted: z.output<typeof SubmitVersion>,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.review.submit(actor, id, number, wanted), this.clock.now());
  }

  /** The people who were asked get a mail. An approval is void. */
  @Summary('Withdraw a version from review')
  @Post('withdraw')
  @HttpCode(200)
  @Allow('campaigns.submit')
  @ResponseBody(CampaignVersionCard)
  async withdraw(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.review.withdraw(actor, id, number), this.clock.now());
  }

  /**
   * For texts that are the same in two languages, or as in the template. Such
   * warnings keep a version from being submitted until they are confirmed.
   */
  @Summary('Confirm that warnings about texts of a draft are right as they are')
  @Post('confirmations')
  @HttpCode(200)
  @Allow('campaigns.submit')
  @ResponseBody(CampaignVersionCard)
  async confirm(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: ConfirmTexts }) { problems }: z.output<typeof ConfirmTexts>,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.review.confirm(actor, id, number, problems), this.clock.now());
  }

  /**
   * Runs in the background. Results are among the version's warnings once
   * `linksCheckedAt` is newer.
   */
  @Summary('Check the links of a version again')
  @Post('check-links')
  @HttpCode(200)
  @Allow('campaigns.submit')
  @ResponseBody(CampaignVersionCard)
  async checkLinks(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.review.checkLinks(actor, id, number), this.clock.now());
  }

  /**
   * Only a person may approve. The submitter may approve only if the vendor has
   * no other approver.
   */
  @Summary(
    'Approve a version in review. Only a person may approve, and the submitter only if there is no other approver',
  )
  @Post('approve')
  @HttpCode(200)
  @Allow('campaigns.approve')
  @ResponseBody(CampaignVersionCard)
  async approve(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.review.approve(actor, id, number), this.clock.now());
  }

  @Summary('Return a version to draft and say what should change')
  @Post('return')
  @HttpCode(200)
  @Allow('campaigns.approve')
  @ResponseBody(CampaignVersionCard)
  async return(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: ReturnVersion }) { comment }: z.output<typeof ReturnVersion>,
  ): Promise<CampaignVersionCard> {
    return campaignVersionCard(await this.review.returnToDraft(actor, id, number, comment), this.clock.now());
  }

  /**
   * The content of a published version never changes. Without groups, all
   * partners of the programme get it.
   */
  @Summary('Publish an approved version to partner groups for a launch period')
  @Post('publish')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(CampaignVersionCard)
  async publish(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: PublishVersion }) body: z.output<typeof PublishVersion>,
  ): Promise<CampaignVersionCard> {
    const { opensOn, closesOn } = body;
    const availability = { partnerGroupIds: body.partnerGroupIds, opensOn, closesOn };
    return campaignVersionCard(await this.publication.publish(actor, id, number, availability), this.clock.now());
  }

  /**
   * Partners that it is offered to now only, and those that have not launched it
   * and have more days, get an e-mail.
   */
  @Summary('Offer a published version to more partners or for more days. Nothing is taken away')
  @Post('extend')
  @HttpCode(200)
  @Allow('campaigns.publish')
  @ResponseBody(CampaignVersionCard)
  async extend(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: ExtendVersion }) body: z.output<typeof ExtendVersion>,
  ): Promise<CampaignVersionCard> {
    const { partnerGroupIds, newGroup, allPartners, closesOn } = body;
    const extension = { partnerGroupIds, forEveryone: allPartners, closesOn: closesOn ?? null };
    const version = await this.publication.extend(actor, { campaignId: id, number }, extension, newGroup ?? null);
    return campaignVersionCard(version, this.clock.now());
  }

  @Summary("Preview an e-mail of a version in a partner's branding")
  @Get('preview/emails/:key')
  @Allow('campaigns.read')
  @ResponseBody(CampaignPreview)
  async email(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Param('key', { schema: TemplateKey }) key: string,
    @Query({ schema: CampaignPreviewQuery }) query: z.output<typeof CampaignPreviewQuery>,
  ): Promise<CampaignPreview> {
    return campaignPreview(await this.previews.render(actor, { kind: 'email', ...request(id, number, key, query) }));
  }

  @Summary("Preview a landing page of a version in a partner's branding")
  @Get('preview/pages/:key')
  @Allow('campaigns.read')
  @ResponseBody(CampaignPreview)
  async page(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Param('key', { schema: TemplateKey }) key: string,
    @Query({ schema: CampaignPreviewQuery }) query: z.output<typeof CampaignPreviewQuery>,
  ): Promise<CampaignPreview> {
    return campaignPreview(await this.previews.render(actor, { kind: 'page', ...request(id, number, key, query) }));
  }
}

function request(id: CampaignId, number: number, key: string, query: z.output<typeof CampaignPreviewQuery>) {
  return {
    campaignId: id,
    number,
    key,
    locale: query.locale ?? null,
    partnerId: query.partnerId ?? null,
    recipient: traitsOf(query),
    parts: query.parts === 'true',
  };
}
