import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  ChangePartner,
  InvitePartner,
  PartnerGroupInput,
  PartnerGroupMembers,
  PartnerGroups,
  PartnerGroupView,
  PartnerQuery,
  Partners,
  PartnerView,
} from '#contracts';
import { Database } from '#database';
import { Accounts, invitationMail, SystemMail } from '#identity';
import { DomainError, type PartnerGroupId, type PartnerId, type ProgrammeId, type VendorActor } from '#kernel';
import { defaultTimeZone, type GroupRule, Memberships, Organisations } from '#organisations';
import { Answers } from './http/api-response.js';
import { Allow, CurrentVendor } from './http/authority.js';
import { partnerGroupView, partnerView } from './partners.view.js';

const Id = z.uuid();

/** A vendor's partners and the groups that rules make of them. */
@Controller('api/v1')
export class PartnersController {
  constructor(
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    private readonly database: Database,
  ) {}

  @Allow('partners.read')
  @Get('partners')
  @Answers(Partners)
  async list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PartnerQuery }) query: z.output<typeof PartnerQuery>,
  ): Promise<z.output<typeof Partners>> {
    const afterId = Id.nullable()
      .catch(null)
      .parse(query.cursor ?? null);
    const members = await this.memberships.list(actor, {
      limit: query.limit,
      afterId,
      query: query.q,
      status: query.status,
    });
    return {
      items: members.map(partnerView),
      nextCursor: members.length === query.limit ? (members.at(-1)?.id ?? null) : null,
    };
  }

  @Allow('partners.read')
  @Get('partners/:id')
  @Answers(PartnerView)
  async one(@CurrentVendor() actor: VendorActor, @Param('id', { schema: Id }) id: string): Promise<PartnerView> {
    return partnerView(await this.memberships.ofPartner(actor, id as PartnerId));
  }

  /** Adds the partner to the programme and sends its first person an invitation. */
  @Allow('partners.edit')
  @Post('partners/invitations')
  @Answers(PartnerView, 201)
  async invite(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: InvitePartner }) body: z.output<typeof InvitePartner>,
  ): Promise<PartnerView> {
    const vendor = await this.organisations.get(actor, actor.vendorId);
    return this.database.inTransaction(actor, async () => {
      const programmeId = await this.programme(actor);
      const partnerId = (await this.organisations.create(actor, {
        kind: 'partner',
        name: body.organisationName,
        countryCode: body.countryCode,
        timeZone: defaultTimeZone(body.countryCode),
      })) as PartnerId;
      await this.memberships.invite(actor, { programmeId, partnerId, tier: body.tier, region: body.region });
      const url = await this.accounts.invite(actor, {
        organisationId: partnerId,
        email: body.email,
        role: 'owner',
        invitedBy: vendor.name,
      });
      await this.mail.post(
        invitationMail(body.email, url, { organisation: body.organisationName, invitedBy: vendor.name, locale: 'en' }),
      );
      return partnerView(await this.memberships.ofPartner(actor, partnerId));
    });
  }

  @Allow('partners.edit')
  @Patch('partners/:id')
  @Answers(PartnerView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ChangePartner }) body: z.output<typeof ChangePartner>,
  ): Promise<PartnerView> {
    return partnerView(await this.memberships.change(actor, id as PartnerId, body));
  }

  @Allow('partners.read')
  @Get('partner-groups')
  @Answers(PartnerGroups)
  async groups(@CurrentVendor() actor: VendorActor): Promise<{ items: PartnerGroupView[] }> {
    const groups = await this.memberships.groups(actor);
    return {
      items: await Promise.all(
        groups.map(async (group) => partnerGroupView(group, (await this.memberships.members(actor, group)).length)),
      ),
    };
  }

  @Allow('partners.edit')
  @Post('partner-groups')
  @Answers(PartnerGroupView, 201)
  async createGroup(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: PartnerGroupInput }) body: z.output<typeof PartnerGroupInput>,
  ): Promise<PartnerGroupView> {
    const programmeId = await this.programme(actor);
    const id = await this.memberships.createGroup(actor, {
      programmeId,
      name: body.name,
      rule: body.rule as GroupRule,
    });
    return this.groupView(actor, id);
  }

  @Allow('partners.edit')
  @Put('partner-groups/:id')
  @Answers(PartnerGroupView)
  async changeGroup(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: PartnerGroupInput }) body: z.output<typeof PartnerGroupInput>,
  ): Promise<PartnerGroupView> {
    await this.memberships.changeGroup(actor, id as PartnerGroupId, { name: body.name, rule: body.rule as GroupRule });
    return this.groupView(actor, id as PartnerGroupId);
  }

  @Allow('partners.read')
  @Get('partner-groups/:id/members')
  @HttpCode(200)
  @Answers(PartnerGroupMembers)
  async members(
    @CurrentVendor() actor: VendorActor,
    @Param('id', { schema: Id }) id: string,
  ): Promise<{ items: PartnerView[] }> {
    const group = await this.memberships.group(actor, id as PartnerGroupId);
    return { items: (await this.memberships.members(actor, group)).map(partnerView) };
  }

  private async groupView(actor: VendorActor, id: PartnerGroupId): Promise<PartnerGroupView> {
    const group = await this.memberships.group(actor, id);
    return partnerGroupView(group, (await this.memberships.members(actor, group)).length);
  }

  private async programme(actor: VendorActor): Promise<ProgrammeId> {
    const [first] = await this.organisations.programmes(actor, actor.vendorId);
    if (first === undefined)
      throw new DomainError(
        'programme.missing',
        'Your organisation has no partner programme yet. Ask the operator to set one up.',
        {},
        { kind: 'conflict' },
      );
    return first.id;
  }
}
