import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  ApiKeys as ApiKeysView,
  ChangeRole,
  type ApiKeyView,
  CreateApiKey,
  CreatedApiKey,
  InviteTeamMember,
  RemoveTeamMember,
  Team,
  TeamInvitations as TeamInvitationsView,
  type TeamInvitationView,
  type TeamMember,
} from '#contracts';
import { Accounts, ApiKeys, isRoleOf, type Role, TeamInvitations } from '#identity';
import { type Actor, type ApiKeyId, Clock, DomainError, type InvitationId, type UserId } from '#kernel';
import { Organisations } from '#organisations';
import { AllowBothSides, CurrentActor, Unconfirmed } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { teamInvitationView } from './invitation.view.js';
import { type Side, sideOf } from './side.js';
import { apiKeyView, teamMemberView } from './team.view.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** People and API keys of both sides. */
@Controller('api/v1')
export class TeamController {
  constructor(
    private readonly accounts: Accounts,
    private readonly apiKeys: ApiKeys,
    private readonly organisations: Organisations,
    private readonly invitations: TeamInvitations,
    private readonly clock: Clock,
  ) {}

  @Summary('List the people of your organisation')
  @AllowBothSides('team.read')
  @Get('team')
  @ResponseBody(Team)
  async team(@CurrentActor() actor: Actor): Promise<{ items: TeamMember[] }> {
    const side = sideOf(actor);
    return { items: (await this.accounts.team(actor, side.id)).map(teamMemberView) };
  }

  /** Open invitations with the delivery of their e-mails. */
  @Summary('List open team invitations and the delivery of their e-mails')
  @AllowBothSides('team.read')
  @Get('team/invitations')
  @ResponseBody(TeamInvitationsView)
  async invited(@CurrentActor() actor: Actor): Promise<{ items: TeamInvitationView[] }> {
    const pending = await this.invitations.pending(actor, sideOf(actor).id);
    return { items: pending.map((one) => teamInvitationView(one, this.clock.now())) };
  }

  @Summary('Invite a person. Earlier links to the same address stop working')
  @AllowBothSides('team.edit')
  @Post('team/invitations')
  @HttpCode(202)
  async invite(
    @CurrentActor() actor: Actor,
    @Body({ schema: InviteTeamMember }) body: z.output<typeof InviteTeamMember>,
  ): Promise<void> {
    const side = sideOf(actor);
    const role = roleFor(side, body.role);
    await this.invitations.send(actor, await this.organisations.get(actor, side.id), {
      email: body.email,
      role,
      language: body.language,
    });
  }

  /** The old link stops working. */
  @Summary('Send an open invitation again with a new link')
  @AllowBothSides('team.edit')
  @Post('team/invitations/:id/resend')
  @HttpCode(202)
  async inviteAgain(@CurrentActor() actor: Actor, @IdParam('id') id: InvitationId): Promise<void> {
    const team = await this.organisations.get(actor, sideOf(actor).id);
    await this.invitations.sendAgain(actor, team, id);
  }

  @Summary('Withdraw an open invitation')
  @AllowBothSides('team.edit')
  @Unconfirmed('It takes access away, and a new invitation replaces it.')
  @Delete('team/invitations/:id')
  @HttpCode(204)
  async withdraw(@CurrentActor() actor: Actor, @IdParam('id') id: InvitationId): Promise<void> {
    await this.invitations.withdraw(actor, sideOf(actor).id, id);
  }

  /** Effective from the person's next request. */
  @Summary("Change a person's role")
  @AllowBothSides('team.edit')
  @Patch('team/:userId')
  @HttpCode(204)
  async changeRole(
    @CurrentActor() actor: Actor,
    @IdParam('userId') userId: UserId,
    @Body({ schema: ChangeRole }) body: z.output<typeof ChangeRole>,
  ): Promise<void> {
    const side = sideOf(actor);
    await this.accounts.changeRole(actor, side.id, userId, roleFor(side, body.role), body.partnersTo);
  }

  /** A channel manager's partners need a decision: who looks after them from then on. */
  @Summary('Remove a person')
  @AllowBothSides('team.edit')
  @Delete('team/:userId')
  @HttpCode(204)
  async remove(
    @CurrentActor() actor: Actor,
    @IdParam('userId') userId: UserId,
    @Query({ schema: RemoveTeamMember }) { partnersTo }: z.output<typeof RemoveTeamMember>,
  ): Promise<void> {
    const side = sideOf(actor);
    await this.accounts.remove(actor, side.id, userId, partnersTo === 'none' ? null : partnersTo);
  }

  @Summary('List your API keys, without their secrets')
  @AllowBothSides('keys.edit')
  @Get('api-keys')
  @ResponseBody(ApiKeysView)
  async keys(@CurrentActor() actor: Actor): Promise<{ items: ApiKeyView[] }> {
    return { items: (await this.apiKeys.list(actor)).map(apiKeyView) };
  }

  @Summary('Create an API key. Its secret is shown only once')
  @AllowBothSides('keys.edit')
  @Post('api-keys')
  @ResponseBody(CreatedApiKey, 201)
  async createKey(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateApiKey }) body: z.output<typeof CreateApiKey>,
  ): Promise<{ id: string; key: string }> {
    const side = sideOf(actor);
    const { id, key } = await this.apiKeys.create(actor, {
      userId: personOf(actor),
      organisationId: side.id,
      kind: side.kind,
      name: body.name,
      role: roleFor(side, body.role),
      permissions: body.permissions ?? null,
    });
    return { id, key };
  }

  @Summary('Revoke an API key')
  @AllowBothSides('keys.edit')
  @Unconfirmed('It takes access away. In an emergency it must be quick.')
  @Delete('api-keys/:id')
  @HttpCode(204)
  async revokeKey(@CurrentActor() actor: Actor, @IdParam('id') id: ApiKeyId): Promise<void> {
    await this.apiKeys.revoke(actor, id);
  }
}

/** The guard lets no API key manage keys. */
function personOf(actor: Actor): UserId {
  if (actor.kind === 'system' || actor.userId === null) throw new Error('An API key was to be created by no person.');
  return actor.userId;
}

function roleFor(side: Side, role: string): Role {
  if (isRoleOf(side.kind, role)) return role;
  throw new DomainError('role.unknown', `There is no role "${role}" in a ${side.kind}'s team.`, { field: 'role' });
}
