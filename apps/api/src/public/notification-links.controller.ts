import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '#config';
import { NotificationDelivery } from '#contracts';
import { NewsletterLinks } from '#newsletters';
import { OptOutLinks } from '#notifications';
import { type SavedViewId, VIEW_PARAMETER, ViewStops } from '#saved-views';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';
import { PAGE_POLICY } from '../http/preview-policy.js';
import { choicePage, chosenPage } from './notification-pages.js';
import { stoppedPage, stopPage } from './view-stop-pages.js';

/**
 * `m`: the newsletter of which the person unsubscribes, so that its vendor can
 * be told how many do. `v`: the saved view that is sent no longer; absent: all.
 */
const FromMail = z.object({ m: z.string().max(200).optional(), [VIEW_PARAMETER]: z.uuid().optional() });
type FromMail = z.output<typeof FromMail>;

/**
 * The page behind the link at the end of the product's e-mails. It changes one
 * kind of e-mail of one reader, without a sign-in.
 */
@Controller('n/:token')
export class NotificationLinksController {
  constructor(
    private readonly links: OptOutLinks,
    private readonly newsletters: NewsletterLinks,
    private readonly views: ViewStops,
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
  async page(@Param('token') token: string, @Query({ schema: FromMail }) { m, v }: FromMail): Promise<string> {
    if (v !== undefined) return stopPage(await this.views.facts(token, v as SavedViewId), this.stopLinks(token, v));
    const query = m === undefined ? '' : `?m=${encodeURIComponent(m)}`;
    return choicePage(await this.links.facts(token), `/n/${encodeURIComponent(token)}${query}`);
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
  async save(
    @Param('token') token: string,
    @Query({ schema: FromMail }) { m, v }: FromMail,
    @Body() body: unknown,
  ): Promise<string> {
    if (v !== undefined) return stoppedPage(await this.views.stop(token, v as SavedViewId), this.stopLinks(token, v));
    const delivery = deliveryIn(body);
    await this.links.choose(token, delivery);
    if (m !== undefined && delivery === 'none') await this.newsletters.recordUnsubscribe(m);
    return chosenPage(await this.links.facts(token), `${this.config.PUBLIC_URL}/account`);
  }

  private stopLinks(token: string, viewId: string) {
    const all = `/n/${encodeURIComponent(token)}`;
    return { here: `${all}?${VIEW_PARAMETER}=${viewId}`, all, portal: `${this.config.PUBLIC_URL}/saved-views` };
  }
}

/** A mail program sends no choice: it ends the e-mails. */
function deliveryIn(body: unknown): NotificationDelivery {
  const { delivery } = (body ?? {}) as Readonly<Partial<Record<string, unknown>>>;
  return NotificationDelivery.safeParse(delivery).data ?? 'none';
}
