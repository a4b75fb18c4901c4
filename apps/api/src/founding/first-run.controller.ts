import { Body, Controller, Get, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { CONFIG, type Config } from '#config';
import { FirstRunView, FoundVendor, SessionView } from '#contracts';
import { FirstRuns } from '#founding';
import { Sessions } from '#identity';
import { Public } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { setSessionCookie } from '../http/session-cookie.js';
import { sessionView } from '../team/session.view.js';

/** The first vendor of an installation, founded by who can read what its process prints. */
@Controller('api/v1/first-run')
export class FirstRunController {
  constructor(
    private readonly firstRuns: FirstRuns,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** 410 `first-run.closed` once there is a vendor. */
  @Summary('Get whether this installation still needs its first vendor')
  @Public()
  @Get()
  @ResponseBody(FirstRunView)
  async get(): Promise<FirstRunView> {
    await this.firstRuns.requireOpen();
    return { mailDomain: this.config.MAIL_DOMAIN };
  }

  /** Signs the owner in. The token ends. */
  @Summary('Found the first vendor with the token that the process printed at its start')
  @Public()
  @Post()
  @HttpCode(200)
  @ResponseBody(SessionView)
  async found(
    @Body({ schema: FoundVendor }) body: z.output<typeof FoundVendor>,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const { token, vendorName, countryCode, timeZone, languages, senderDomain, colour, ...person } = body;
    const { name, email, password, language: locale } = person;
    const { vendorId, userId } = await this.firstRuns.found(
      token,
      {
        name: vendorName,
        countryCode,
        timeZone,
        languages,
        senderDomain: senderDomain ?? null,
        colour: colour ?? null,
        // The owner uploads it after the founding: who is not signed in has no file opened.
        logo: null,
      },
      { name, email, password, locale },
    );
    const proof = { hasSecondFactor: false, userAgent: userAgent ?? '' };
    const { token: cookie, session } = await this.sessions.open(userId, vendorId, proof);
    setSessionCookie(response, this.config, cookie);
    return sessionView(session);
  }
}
