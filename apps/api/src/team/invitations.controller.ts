import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { VerifiedHosts } from '#brand';
import { CONFIG, type Config } from '#config';
import { AcceptInvitation, InvitationView, SessionView } from '#contracts';
import { Accounts, type InvitationView as Invitation, Sessions, SignIns } from '#identity';
import { systemActor } from '#kernel';
import { Organisations, SharedTotals } from '#organisations';
import { Public } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { setSessionCookie } from '../http/session-cookie.js';
import { invitationView, sessionView } from './session.view.js';

const API_ACTOR = systemActor('api');

/** Invitations as the invited person sees and accepts them. */
@Controller('api/v1/invitations')
export class InvitationsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly signIns: SignIns,
    private readonly organisations: Organisations,
    private readonly totals: SharedTotals,
    private readonly hosts: VerifiedHosts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Summary('Get the organisation and role of an invitation')
  @Public()
  @Get(':token')
  @ResponseBody(InvitationView)
  async invitation(@Param('token') token: string): Promise<InvitationView> {
    const invitation = await this.accounts.invitation(token);
    return invitationView(invitation, await this.totalsQuestion(invitation));
  }

  @Summary('Accept an invitation')
  @Public()
  @Post(':token/accept')
  @HttpCode(200)
  @ResponseBody(SessionView)
  async accept(
    @Param('token') token: string,
    @Body({ schema: AcceptInvitation }) body: z.output<typeof AcceptInvitation>,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const proof = { hasSecondFactor: false, userAgent: userAgent ?? '' };
    const { userId, invitation } = await this.accounts.accept(
      token,
      body,
      async (email, password) => {
        const { hasSecondFactor } = await this.signIns.prove({ email, password, code: body.code });
        proof.hasSecondFactor = hasSecondFactor;
      },
      (proved) => this.completeAcceptance(proved, body),
    );
    const { token: cookie, session } = await this.sessions.open(userId, invitation.organisationId, proof);
    setSessionCookie(response, this.config, cookie);
    return sessionView(session);
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
}
