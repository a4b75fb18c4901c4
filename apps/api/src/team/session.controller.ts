import { Body, Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CONFIG, type Config } from '#config';
import {
  RequestPasswordReset,
  PasskeyAssertion,
  PasskeyRequestOptions,
  SessionView,
  SetPassword,
  SignIn,
  SwitchOrganisation,
} from '#contracts';
import { EmailChanges, type OpenedSession, Passkeys, PasswordResets, type Session, Sessions, SignIns } from '#identity';
import { CurrentSession, Public, SignedIn } from '../http/authority.js';
import { clearSessionCookie, setSessionCookie } from '../http/session-cookie.js';
import { sessionView } from './session.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** Signing in and out, and new passwords by e-mail. */
@Controller('api/v1')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly signIns: SignIns,
    private readonly passkeys: Passkeys,
    private readonly resets: PasswordResets,
    private readonly emailChanges: EmailChanges,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * 401 `second-factor.required` asks for the same request with `code`.
   */
  @Summary('Sign in by password. Sets the session cookie and returns the CSRF token')
  @Public()
  @Post('session')
  @HttpCode(200)
  @ResponseBody(SessionView)
  async signIn(
    @Body({ schema: SignIn }) body: z.output<typeof SignIn>,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(response, await this.signIns.byPassword(body, userAgent ?? ''));
  }

  @Summary('Get a challenge to sign in by passkey, valid for five minutes')
  @Public()
  @Post('session/passkey/challenge')
  @HttpCode(200)
  @ResponseBody(PasskeyRequestOptions)
  async passkeyChallenge(): Promise<PasskeyRequestOptions> {
    return this.passkeys.requestOptions('sign-in', null);
  }

  @Summary('Sign in by passkey. Sets the session cookie and returns the CSRF token')
  @Public()
  @Post('session/passkey')
  @HttpCode(200)
  @ResponseBody(SessionView)
  async signInByPasskey(
    @Body({ schema: PasskeyAssertion }) body: z.output<typeof PasskeyAssertion>,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(response, await this.signIns.byPasskey(body, userAgent ?? ''));
  }

  @Summary('Get the signed-in user and the CSRF token')
  @SignedIn()
  @Get('session')
  @ResponseBody(SessionView)
  current(@CurrentSession() { session }: { session: Session }): SessionView {
    return sessionView(session);
  }

  @Summary('Sign out')
  @SignedIn()
  @Delete('session')
  @HttpCode(204)
  async signOut(
    @CurrentSession() { token }: { token: string },
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.close(token);
    clearSessionCookie(response, this.config);
  }

  @Summary('Switch to another of your organisations')
  @SignedIn()
  @Post('session/organisation')
  @HttpCode(200)
  @ResponseBody(SessionView)
  async switch(
    @CurrentSession() { token }: { token: string },
    @Body({ schema: SwitchOrganisation }) body: z.output<typeof SwitchOrganisation>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(response, await this.sessions.switch(token, body.organisationId));
  }

  /** The same answer and the same work, whether the address is known or not. */
  @Summary('Request a password reset e-mail')
  @Public()
  @Post('password-resets')
  @HttpCode(202)
  async requestReset(
    @Body({ schema: RequestPasswordReset }) body: z.output<typeof RequestPasswordReset>,
  ): Promise<void> {
    await this.resets.request(body.email);
  }

  @Summary('Set a new password')
  @Public()
  @Post('password-resets/:token')
  @HttpCode(204)
  async finishReset(
    @Param('token') token: string,
    @Body({ schema: SetPassword }) body: z.output<typeof SetPassword>,
  ): Promise<void> {
    await this.resets.finish(token, body.password);
  }

  @Summary('Confirm a new e-mail address by its link')
  @Public()
  @Post('email-changes/:token')
  @HttpCode(204)
  async finishEmailChange(@Param('token') token: string): Promise<void> {
    await this.emailChanges.finish(token);
  }

  private enter(response: Response, { token, session }: OpenedSession): SessionView {
    setSessionCookie(response, this.config, token);
    return sessionView(session);
  }
}
