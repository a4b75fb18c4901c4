import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { CONFIG, type Config } from '#config';
import { Confirmation, OpenSessions, PasskeyRequestOptions } from '#contracts';
import { Passkeys, type Session, type SessionId, Sessions, SignIns } from '#identity';
import { CurrentSession, SignedIn } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { IdParam } from '../http/path-parameters.js';
import { clearSessionCookie } from '../http/session-cookie.js';
import { openSessionView } from './security.view.js';

/** Sessions of the signed-in person, and confirmations in the current one. */
@Controller('api/v1')
export class OpenSessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly signIns: SignIns,
    private readonly passkeys: Passkeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Summary('List the browsers in which you are signed in')
  @SignedIn()
  @Get('sessions')
  @ResponseBody(OpenSessions)
  async list(@CurrentSession() { session }: { session: Session }): Promise<z.infer<typeof OpenSessions>> {
    const open = await this.sessions.list(session.user.id);
    return { items: open.map((one) => openSessionView(one, session.id)) };
  }

  @Summary('Sign out in one browser')
  @SignedIn()
  @Delete('sessions/:id')
  @HttpCode(204)
  async end(@CurrentSession() { session }: { session: Session }, @IdParam('id') id: SessionId): Promise<void> {
    await this.sessions.end(session.user.id, id);
  }

  @Summary('Sign out in all browsers, this one too')
  @SignedIn()
  @Delete('sessions')
  @HttpCode(204)
  async endAll(
    @CurrentSession() { session }: { session: Session },
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.endAll(session.user.id);
    clearSessionCookie(response, this.config);
  }

  @Summary('Get a challenge to confirm by passkey that it is you')
  @SignedIn()
  @Post('session/confirmation/challenge')
  @HttpCode(200)
  @ResponseBody(PasskeyRequestOptions)
  async challenge(@CurrentSession() { session }: { session: Session }): Promise<PasskeyRequestOptions> {
    return this.passkeys.requestOptions('confirmation', session.user.id);
  }

  @Summary('Confirm that it is you, by password, code or passkey. It holds for ten minutes')
  @SignedIn()
  @Post('session/confirmation')
  @HttpCode(204)
  async confirm(
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: Confirmation }) body: z.output<typeof Confirmation>,
  ): Promise<void> {
    await this.signIns.confirm(session, body);
  }
}
