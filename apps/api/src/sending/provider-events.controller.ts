import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { ProviderEvents } from '#engagement';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

/**
 * Webhooks of e-mail providers. Each request is verified by its provider's own
 * signature, not by a session.
 */
@Controller('api/v1/provider-events')
export class ProviderEventsController {
  constructor(private readonly events: ProviderEvents) {}

  @Summary(
    'Receive events of e-mail providers: webhooks of Amazon SES (SNS), SendGrid, Postmark and Mailgun, verified by their own signatures. The response is empty',
  )
  @ResponseMedia('text/plain')
  @Public()
  @Post(':provider/:sourceId')
  @HttpCode(200)
  async receive(
    @Param('provider') provider: string,
    @Param('sourceId') sourceId: string,
    @Req() request: Request,
  ): Promise<void> {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    await this.events.receive(provider, sourceId, { headers: request.headers, raw });
  }
}
