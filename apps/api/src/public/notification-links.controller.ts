import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { NotificationDelivery } from '#contracts';
import { OptOutLinks } from '#notifications';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { choicePage, chosenPage } from './notification-pages.js';

/**
 * The page behind the link at the end of the product's e-mails. It changes one
 * kind of e-mail of one reader, without a sign-in.
 */
@Controller('n/:token')
export class NotificationLinksController {
  constructor(
    private readonly links: OptOutLinks,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Changes nothing: RFC 8058 asks for a POST. */
  @Summary('Show how a kind of e-mail to a person comes. Changes nothing')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  async page(@Param('token') token: string): Promise<string> {
    return choicePage(await this.links.facts(token), `/n/${encodeURIComponent(token)}`);
  }

  /**
   * Serves the one click of a mail program (`List-Unsubscribe=One-Click`), which
   * ends this kind of e-mail, and the page's button. Safe to repeat.
   */
  @Summary('Change or stop a kind of e-mail to a person (also RFC 8058 one-click)')
  @ResponseMedia('text/html')
  @Public()
  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', PAGE_POLICY)
  @Header('referrer-policy', 'no-referrer')
  async save(@Param('token') token: string, @Body() body: unknown): Promise<string> {
    await this.links.choose(token, deliveryIn(body));
    return chosenPage(await this.links.facts(token), `${this.config.PUBLIC_URL}/account`);
  }
}

/** A mail program sends no choice: it ends the e-mails. */
function deliveryIn(body: unknown): NotificationDelivery {
  const { delivery } = (body ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  return NotificationDelivery.safeParse(delivery).data ?? 'none';
}
