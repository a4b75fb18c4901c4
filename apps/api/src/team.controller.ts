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
import {
  Accounts,
  ApiKeys,
  invitationMail,
  isRoleOf,
  type OrganisationRef,
  requirePermission,
  type Role,
  SystemMail,
} from '#identity';
import { type Actor, type ApiKeyId, DomainError, type UserId } from '#kernel';
import { Organisations } from '#organisations';
import { Answers } from './http/api-response.js';
import { CurrentActor, SignedIn } from './http/authority.js';
import { apiKeyView, auditEntryView, teamMemberView } from './team.view.js';

type Side = Pick<OrganisationRef, 'id'> & { readonly kind: 'vendor' | 'partner' };

/** What both sides have: people, keys, a record of what was done. Which permission it takes depends on the side. */
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

  @SignedIn()
  @Get('team')
  @Answers(Team)
  async team(@CurrentActor() actor: Actor): Promise<{ items: TeamMember[] }> {
    const side = sideOf(actor, 'team.read');
    return { items: (await this.accounts.team(actor, side.id)).map(teamMemberView) };
  }

  @SignedIn()
  @Post('team/invitations')
  @HttpCode(202)
  async invite(
    @CurrentActor() actor: Actor,
    @Body({ schema: InviteTeamMember }) body: z.output<typeof InviteTeamMember>,
  ): Promise<void> {
    const side = sideOf(actor, 'team.edit');
    const role = roleFor(side, body.role);
    const organisation = await this.organisations.get(actor, side.id);
    await this.database.inTransaction(actor, async () => {
      const url = await this.accounts.invite(actor, {
        organisationId: side.id,
        email: body.email,
        role,
        invitedBy: actor.name,
      });
      await this.mail.post(
        invitationMail(body.email, url, { organisation: organisation.name, invitedBy: actor.name, locale: 'en' }),
      );
    });
  }

  @SignedIn()
  @Delete('team/:userId')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param('userId', { schema: z.uuid() }) userId: string): Promise<void> {
    const side = sideOf(actor, 'team.edit');
    await this.accounts.remove(actor, side.id, userId as UserId);
  }

  @SignedIn()
  @Get('api-keys')
  @Answers(ApiKeysView)
  async keys(@CurrentActor() actor: Actor): Promise<{ items: ApiKeyView[] }> {
    sideOf(actor, 'keys.edit');
    return { items: (await this.apiKeys.list(actor)).map(apiKeyView) };
  }

  @SignedIn()
  @Post('api-keys')
  @Answers(CreatedApiKey, 201)
  async createKey(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateApiKey }) body: z.output<typeof CreateApiKey>,
  ): Promise<{ id: string; key: string }> {
    const side = sideOf(actor, 'keys.edit');
    const { id, key } = await this.apiKeys.create(actor, {
      organisationId: side.id,
      kind: side.kind,
      name: body.name,
      role: roleFor(side, body.role),
      permissions: body.permissions ?? null,
    });
    return { id, key };
  }

  @SignedIn()
  @Delete('api-keys/:id')
  @HttpCode(204)
  async revokeKey(@CurrentActor() actor: Actor, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    sideOf(actor, 'keys.edit');
    await this.apiKeys.revoke(actor, id as ApiKeyId);
  }

  @SignedIn()
  @Get('audit-entries')
  @Answers(AuditEntries)
  async entries(
    @CurrentActor() actor: Actor,
    @Query({ schema: PageQuery }) query: z.output<typeof PageQuery>,
  ): Promise<z.output<typeof AuditEntries>> {
    sideOf(actor, 'audit.read');
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

/** The actor's organisation, once its role has been found to include what is asked on that side. */
function sideOf(actor: Actor, right: 'team.read' | 'team.edit' | 'keys.edit' | 'audit.read'): Side {
  if (actor.kind === 'system')
    throw new DomainError('permission.missing', 'A person or a key must do this.', {}, { kind: 'forbidden' });
  requirePermission(actor, `${actor.kind}-${right}`);
  return actor.kind === 'vendor' ? { kind: 'vendor', id: actor.vendorId } : { kind: 'partner', id: actor.partnerId };
}

function roleFor(side: Side, role: string): Role {
  if (isRoleOf(side.kind, role)) return role;
  throw new DomainError('role.unknown', `There is no role "${role}" in a ${side.kind}'s team.`, { field: 'role' });
}
