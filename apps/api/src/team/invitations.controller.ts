import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import { VerifiedHosts } from '#brand';
import { CONFIG, type Config } from '#config';
import {
  AcceptInvitation,
  InvitationView,
  InvitedCompanies as InvitedCompaniesView,
  JoinByInvitation,
  SessionView,
} from '#contracts';
import {
  Accounts,
  type CompanyInvitation,
  type InvitationView as Invitation,
  InvitedCompanies,
  type Session,
  Sessions,
  SignIns,
} from '#identity';
import { notFound, type PartnerId, systemActor, type VendorId } from '#kernel';
import { Organisations, SharedTotals } from '#organisations';
import { CurrentSession, Public, SignedIn } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { setSessionCookie } from '../http/session-cookie.js';
import { invitationView, sessionView } from './session.view.js';

const API_ACTOR = systemActor('api');

type Answer = Pick<z.output<typeof AcceptInvitation>, 'sharesTotals' | 'totalsWording'>;

/** Invitations as the invited person sees and accepts them. */
@Controller('api/v1/invitations')
export class InvitationsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly companies: InvitedCompanies,
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
    return invitationView(invitation, {
      totals: await this.totalsQuestion(invitation),
      company: await this.companyHint(invitation),
    });
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
      (proved) => this.completeAcceptance(proved, proved.hasAccount ? proved.email : body.name, body),
    );
    const { token: cookie, session } = await this.sessions.open(userId, invitation.organisationId, proof);
    setSessionCookie(response, this.config, cookie);
    return sessionView(session);
  }

  /**
   * All companies of the invited person, else those to which the domain of the
   * invited address belongs.
   */
  @Summary('List your companies that may accept the invitation of a vendor as themselves')
  @SignedIn()
  @Get(':token/companies')
  @ResponseBody(InvitedCompaniesView)
  async companiesOf(
    @Param('token') token: string,
    @CurrentSession() { session }: { session: Session },
  ): Promise<InvitedCompaniesView> {
    const invited = await this.companyInvitation(token);
    const items = await this.companies.list(session, invited);
    const isInvited = session.user.email.toLowerCase() === invited.invitation.email.toLowerCase();
    return { isInvited, items: items.map(({ id, name, standing }) => ({ id, name, standing })) };
  }

  /**
   * As one of your companies: brand, contacts, opt-outs, calendar and people stay
   * as they are. The vendor sees its name, and not its other vendors.
   */
  @Summary('Accept the invitation of a vendor as one of your companies, or as the one that was invited')
  @SignedIn()
  @Post(':token/join')
  @HttpCode(200)
  @ResponseBody(SessionView)
  async join(
    @Param('token') token: string,
    @Body({ schema: JoinByInvitation }) { organisationId, ...answer }: z.output<typeof JoinByInvitation>,
    @CurrentSession() { session, token: cookie }: { session: Session; token: string },
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const invited = await this.companyInvitation(token);
    const { invitation } = invited;
    if (organisationId === null)
      await this.companies.joinAsInvited(session, token, invited, () =>
        this.completeAcceptance(invitation, session.user.email, answer),
      );
    else
      await this.companies.join(session, token, invited, organisationId, () =>
        this.answerTotals(organisationId, invitation.vendorId, session.user.name, answer),
      );
    const joined = await this.sessions.switch(cookie, organisationId ?? invitation.organisationId);
    setSessionCookie(response, this.config, joined.token);
    return sessionView(joined.session);
  }

  /** Joins the transaction of the acceptance. */
  private async completeAcceptance(invitation: Invitation, by: string, answer: Answer): Promise<void> {
    const { organisationId, organisationKind, vendorId, email } = invitation;
    if (organisationKind !== 'partner') return;
    await this.hosts.recordMailbox(API_ACTOR, organisationId, email);
    if (vendorId !== null) await this.answerTotals(organisationId, vendorId, by, answer);
  }

  private async answerTotals(partnerId: PartnerId, vendorId: VendorId, by: string, answer: Answer): Promise<void> {
    const { sharesTotals: isShared, totalsWording: wording } = answer;
    await this.totals.answer(API_ACTOR, { partnerId, vendorId, isShared, wording, by });
  }

  private async totalsQuestion({ organisationKind, vendorId }: Invitation): Promise<InvitationView['totals']> {
    if (organisationKind !== 'partner' || vendorId === null) return null;
    const { name: vendor } = await this.organisations.get(API_ACTOR, vendorId);
    return { vendor, isRequired: await this.totals.isRequired(API_ACTOR, vendorId) };
  }

  /** Names no company: the link alone identifies a mailbox, not a person of the company. */
  private async companyHint(invitation: Invitation): Promise<InvitationView['company']> {
    if (invitation.organisationKind !== 'partner' || invitation.vendorId === null) return null;
    if (invitation.hasAccount) return 'known-person';
    return (await this.hosts.ownersOf(invitation.email)).length > 0 ? 'known-domain' : null;
  }

  /** @throws DomainError `invitation.gone`, `invitation.not-found` for one into a team. */
  private async companyInvitation(token: string): Promise<CompanyInvitation> {
    const invitation = await this.accounts.invitation(token);
    if (invitation.organisationKind !== 'partner' || invitation.vendorId === null) throw notFound('invitation', '');
    const { organisationId, vendorId } = invitation;
    return {
      invitation: { ...invitation, organisationId, vendorId },
      domainOwners: await this.hosts.ownersOf(invitation.email),
    };
  }
}
