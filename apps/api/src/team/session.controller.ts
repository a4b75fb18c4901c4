import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { VerifiedHosts } from '#brand';
import { CONFIG, type Config } from '#config';
import {
  AcceptInvitation,
  RequestPasswordReset,
  InvitationView,
  SessionView,
  SetPassword,
  SignIn,
  SwitchOrganisation,
} from '#contracts';
import {
  Accounts,
  type InvitationView as Invitation,
  type OpenedSession,
  PasswordResets,
  type Session,
  Sessions,
} from '#identity';
import { systemActor } from '#kernel';
import { Memberships, Organisations, SharedTotals } from '#organisations';
import { CurrentSession, Public, SignedIn } from '../http/authority.js';
import { clearSessionCookie, setSessionCookie } from '../http/session-cookie.js';
import { invitationView, sessionView } from './session.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

const API_ACTOR = systemActor('api');

@Controller('api/v1')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
    private readonly totals: SharedTotals,
    private readonly resets: PasswordResets,
    private readonly hosts: VerifiedHosts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Summary('Sign in. Sets the session cookie and returns the CSRF token')
  @Public()
  @Post('session')
  @HttpCode(200)
  @ResponseBody(SessionView)
  async signIn(
    @Body({ schema: SignIn }) body: z.output<typeof SignIn>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    return this.enter(response, await this.sessions.signIn(body.email, body.password));
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

  @Summary('Get the organisation and role of an invitation')
  @Public()
  @Get('invitations/:token')
  @ResponseBody(InvitationView)
  async invitation(@Param('token') token: string): Promise<InvitationView> {
    const invitation = await this.accounts.invitation(token);
    return invitationView(invitation, await this.totalsQuestion(invitation));
  }

  @Summary('Accept an invitation')
  @Public()
  @Post('invitations/:token/accept')
  @HttpCode(200)
  @ResponseBody(SessionView)
  async accept(
    @Param('token') token: string,
    @Body({ schema: AcceptInvitation }) body: z.output<typeof AcceptInvitation>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const { userId, invitation } = await this.accounts.accept(
      token,
      body,
      async (email, password) => {
        const opened = await this.sessions.signIn(email, password);
        await this.sessions.close(opened.token);
      },
      (proved) => this.completeAcceptance(proved, body),
    );
    if (invitation.organisationKind === 'partner') await this.memberships.join(API_ACTOR, invitation.organisationId);
    return this.enter(response, await this.sessions.open(userId, invitation.organisationId));
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
    await this.resets.finish(token, body.password, (userId) => this.sessions.closeAllOf(userId));
  }

  /** Joins the transaction of the acceptance. */
  private async completeAcceptance(
    invitation: Invitation,
    { name, sharesTotals: isShared }: z.output<typeof AcceptInvitation>,
  ): Promise<void> {
    const { organisationId, organisationKind, vendorId, email, hasAccount } = invitation;
    if (organisationKind !== 'partner') return;
    await this.hosts.recordMailbox(API_ACTOR, organisationId, email);
    const by = hasAccount ? email : name;
    if (vendorId !== null) await this.totals.answer(API_ACTOR, { partnerId: organisationId, vendorId, isShared, by });
  }

  private async totalsQuestion({ organisationKind, vendorId }: Invitation): Promise<InvitationView['totals']> {
    if (organisationKind !== 'partner' || vendorId === null) return null;
    const { name: vendor } = await this.organisations.get(API_ACTOR, vendorId);
    return { vendor, isRequired: await this.totals.isRequired(API_ACTOR, vendorId) };
  }

  private enter(response: Response, { token, session }: OpenedSession): SessionView {
    setSessionCookie(response, this.config, token);
    return sessionView(session);
  }
}
