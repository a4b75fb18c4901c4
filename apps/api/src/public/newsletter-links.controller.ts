import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { NewsletterLinks } from '#newsletters';
import { Public } from '../http/authority.js';
import { ResponseMedia, Summary } from '../http/openapi.js';

/** Links in the newsletters of vendors. */
@Controller('n/l/:token')
export class NewsletterLinksController {
  constructor(private readonly links: NewsletterLinks) {}

  @Summary('Follow a link in a newsletter to a partner')
  @ResponseMedia('text/html')
  @Public()
  @Get()
  async follow(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const target = await this.links.follow(token, { method: request.method, headers: request.headers });
    response.setHeader('Referrer-Policy', 'no-referrer').setHeader('Cache-Control', 'no-store').redirect(302, target);
  }
}
