import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { TestMails } from '#campaigns';
import { SendTestMails, TestMails as TestMailsView } from '#contracts';
import type { CampaignId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam, VersionNumber } from '../http/path-parameters.js';

/** Test e-mails of a version, to the vendor's own team. */
@ApiTags('campaigns')
@Controller('api/v1/campaigns/:id/versions/:number/test-mails')
export class TestMailsController {
  constructor(private readonly tests: TestMails) {}

  /**
   * Sends an e-mail of the version, marked as a test, to you or to up to five
   * addresses of your team. It looks as for a partner, and comes from you.
   * Creates no message, and clicks on its links are not counted.
   */
  @Summary('Send a test e-mail of a version to your team')
  @Post()
  @HttpCode(202)
  @Allow('campaigns.test')
  @ResponseBody(TestMailsView, 202)
  async send(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') campaignId: CampaignId,
    @Param('number', { schema: VersionNumber }) number: number,
    @Body({ schema: SendTestMails }) { changes, to, ...show }: z.output<typeof SendTestMails>,
  ): Promise<z.output<typeof TestMailsView>> {
    return { to: [...(await this.tests.send(actor, { campaignId, number, changes, show, to }))] };
  }
}
