import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import { NewsView, ReadNews } from '#contracts';
import type { Session } from '#identity';
import { CurrentSession, SignedIn } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { News } from './news.service.js';

/** What happened in the organisation in which a person works. */
@Controller('api/v1/news')
export class NewsController {
  constructor(private readonly news: News) {}

  @Summary('List what happened in your organisation in the last 60 days, newest first')
  @SignedIn()
  @Get()
  @ResponseBody(NewsView)
  async list(@CurrentSession() { session }: { session: Session }): Promise<NewsView> {
    return this.news.list(session);
  }

  /** Only for this person in this organisation. */
  @Summary('Mark news as read')
  @SignedIn()
  @Post('read')
  @HttpCode(200)
  @ResponseBody(NewsView)
  async read(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: ReadNews }) { until }: z.output<typeof ReadNews>,
  ): Promise<NewsView> {
    await this.news.markRead(session, new Date(until));
    return this.news.list(session);
  }
}
