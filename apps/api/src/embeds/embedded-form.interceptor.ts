import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import { isFromForeignPage } from '../http/foreign-pages.js';
import { sourceIn } from '#contracts';
import { DomainError } from '#kernel';
import { withFormAction } from '#rendering';
import { withoutMargin } from './contact-page.js';
import { type ComponentView, EmbedPages, type OpenEmbed } from './embed-pages.service.js';
import { type Place, placeOf } from './embed-site.js';

/**
 * Shows the response to the form of a landing page where the form was: in a frame or a shadow root of
 * the partner's website.
 */
@Injectable()
export class EmbeddedForm implements NestInterceptor {
  constructor(private readonly pages: EmbedPages) {}

  async intercept(context: ExecutionContext, next: CallHandler<string>): Promise<Observable<string | ComponentView>> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const place = placeOf(request.query['embed']);
    // A form that is shown again keeps what led its reader here.
    if (place === null && sourceIn(request.query) === 'direct') return next.handle();
    if (place === null) return next.handle().pipe(map((html) => withFormAction(html, request.originalUrl)));
    const embed = await this.pages.open(String(request.params['slug']));
    this.admit(embed, place, request, response);
    const answered = embed.isAddressRecalled ? ({ ...embed, state: 'recalled' } as const) : embed;
    return next.handle().pipe(map((html) => this.shown(withoutMargin(html), answered, place, request)));
  }

  /**
   * Accepts forms of our own pages in frames, and of scripts on confirmed websites.
   * @throws DomainError `embed.foreign`.
   */
  admit(embed: OpenEmbed, place: Place, request: Request, response: Response): void {
    this.pages.cacheShortly(request, response);
    const { origin } = request.headers;
    const { kind } = this.pages.siteOf(origin, embed);
    const isOwn = !isFromForeignPage(request.headers);
    if (place === 'frame') this.pages.allowFrames(response, embed);
    else if (isOwn || kind === 'verified') this.pages.allowReading(response, origin);
    if (isOwn || (place === 'component' && kind === 'verified')) return;
    throw new DomainError(
      'embed.foreign',
      'This website may not send forms of the campaign. Its company can confirm the website in its brand profile.',
      {},
      { kind: 'forbidden' },
    );
  }

  shown(html: string, embed: OpenEmbed, place: Place, request: Request): string | ComponentView {
    return place === 'frame'
      ? this.pages.framed(html, embed)
      : this.pages.component(html, embed, request.acceptsLanguages()[0] ?? 'en');
  }
}
