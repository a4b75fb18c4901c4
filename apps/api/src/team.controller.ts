import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { AuditLog } from '#audit';
import {
  ApiKeys as ApiKeysView,
  type ApiKeyView,
  AuditEntries,
  CreateApiKey,
  CreatedApiKey,
  InviteTeamMember,
  PageQuery,
  Team,
  type TeamMember,
} from '#contracts';
import { Database } from '#database';
import { Accounts, ApiKeys, invitationMail, isRoleOf, type OrganisationRef, type Role, SystemMail } from '#identity';
import { type Actor, type ApiKeyId, DomainError, type UserId } from '#kernel';
import { Organisations } from '#organisations';
import { Answers } from './http/api-response.js';
import { AllowBothSides, CurrentActor } from './http/authority.js';
import { apiKeyView, auditEntryView, teamMemberView } from './team.view.js';

type Side = Pick<OrganisationRef, 'id'> & { readonly kind: 'vendor' | 'partner' };

/** What both sides have: people, keys, a record of what was done. */
@Controller('api/v1')
export class TeamController {
  constructor(
    private readonly accounts: Accounts,
    private readonly apiKeys: ApiKeys,
    private readonly audit: AuditLog,
    private readonly organisations: Organisations,
    private readonly mail: SystemMail,
    private readonly database: Database,
  ) {}

  @AllowBothSides('team.read')
  @Get('team')
  @Answers(Team)
  async team(@CurrentActor() actor: Actor): Promise<{ items: TeamMember[] }> {
    const side = sideOf(actor);
    return { items: (await this.accounts.team(actor, side.id)).map(teamMemberView) };
  }

  @AllowBothSides('team.edit')
  @Post('team/invitations')
  @HttpCode(202)
  async invite(
    @CurrentActor() actor: Actor,
    @Body({ schema: InviteTeamMember }) body: z.output<typeof InviteTeamMember>,
  ): Promise<void> {
    const side = sideOf(actor);
    const role = roleFor(side, body.role);
    const organisation = await this.organisations.get(actor, side.id);
    await this.database.inTransaction(actor, async () => {
      const { id, url } = await this.accounts.invite(actor, {
        organisationId: side.id,
        email: body.email,
        role,
        invitedBy: actor.name,
      });
      await this.mail.post(
        invitationMail(body.email, url, { organisation: organisation.name, invitedBy: actor.name, locale: 'en' }),
        id,
      );
    });
  }

  @AllowBothSides('team.edit')
  @Delete('team/:userId')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param('userId', { schema: z.uuid() }) userId: string): Promise<void> {
    const side = sideOf(actor);
    await this.accounts.remove(actor, side.id, userId as UserId);
  }

  @AllowBothSides('keys.edit')
  @Get('api-keys')
  @Answers(ApiKeysView)
  async keys(@CurrentActor() actor: Actor): Promise<{ items: ApiKeyView[] }> {
    return { items: (await this.apiKeys.list(actor)).map(apiKeyView) };
  }

  @AllowBothSides('keys.edit')
  @Post('api-keys')
  @Answers(CreatedApiKey, 201)
  async createKey(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateApiKey }) body: z.output<typeof CreateApiKey>,
  ): Promise<{ id: string; key: string }> {
    const side = sideOf(actor);
    const { id, key } = await this.apiKeys.create(actor, {
      organisationId: side.id,
      kind: side.kind,
      name: body.name,
      role: roleFor(side, body.role),
      permissions: body.permissions ?? null,
    });
    return { id, key };
  }

  @AllowBothSides('keys.edit')
  @Delete('api-keys/:id')
  @HttpCode(204)
  async revokeKey(@CurrentActor() actor: Actor, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    await this.apiKeys.revoke(actor, id as ApiKeyId);
  }

  @AllowBothSides('audit.read')
  @Get('audit-entries')
  @Answers(AuditEntries)
  async entries(
    @CurrentActor() actor: Actor,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof AuditEntries>> {
    const entries = await this.audit.read(actor, {
      limit: query.limit,
      beforeId: z
        .uuid()
        .nullable()
        .catch(null)
        .parse(query.cursor ?? null),
    });
    return {
      items: entries.map(auditEntryView),
      nextCursor: entries.length === query.limit ? (entries.at(-1)?.id ?? null) : null,
    };
  }
}

function sideOf(actor: Actor): Side {
  if (actor.kind === 'system')
    throw new DomainError('permission.missing', 'A person or a key must do this.', {}, { kind: 'forbidden' });
  return actor.kind === 'vendor' ? { kind: 'vendor', id: actor.vendorId } : { kind: 'partner', id: actor.partnerId };
}

function roleFor(side: Side, role: string): Role {
  if (isRoleOf(side.kind, role)) return role;
  throw new DomainError('role.unknown', `There is no role "${role}" in a ${side.kind}'s team.`, { field: 'role' });
}
