import { createHash } from 'node:crypto';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Patch,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { z } from 'zod';
import { Activations, Partnerships } from '#activations';
import {
  ChangePartner,
  CompareCompany,
  EndPartnership,
  InvitePartner,
  PartnerDuplicates as PartnerDuplicatesView,
  PartnerProgressCounts,
  PartnerQuery,
  Partners,
  PartnerTableQuery,
  PartnerTraits,
  PartnerView,
  ResendInvitation,
  SuggestColleague,
} from '#contracts';
import { VerifiedHosts } from '#brand';
import { ColleagueSuggestions, PartnerDuplicates, PartnerOnboarding } from '#identity';
import { DomainError, type PartnerId, type VendorActor } from '#kernel';
import { Memberships } from '#organisations';
import { Allow, CurrentVendor } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';
import { PartnerLines } from './partner-lines.service.js';
import { endWish, partnerView } from './partners.view.js';

/** A vendor's partners. */
@Controller('api/v1')
export class PartnersController {
  constructor(
    private readonly memberships: Memberships,
    private readonly onboarding: PartnerOnboarding,
    private readonly activations: Activations,
    private readonly lines: PartnerLines,
    private readonly partnerships: Partnerships,
    private readonly duplicates: PartnerDuplicates,
    private readonly colleagues: ColleagueSuggestions,
    private readonly hosts: VerifiedHosts,
  ) {}

  @Summary('List the partners of your programme')
  @Allow('partners.read')
  @Get('partners')
  @ResponseBody(Partners)
  list(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PartnerQuery }) query: z.output<typeof PartnerQuery>,
  ): Promise<z.output<typeof Partners>> {
    return this.lines.page(actor, query);
  }

  @Summary('Download the partners of your programme as CSV')
  @CsvResponse()
  @Allow('partners.read')
  @Get('partners/list.csv')
  async csv(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: PartnerTableQuery }) query: z.output<typeof PartnerTableQuery>,
  ): Promise<StreamableFile> {
    return this.lines.table(actor, query);
  }

  @Summary('Count the partners that are invited, have joined, have launched and have left')
  @Allow('partners.read')
  @Get('partners/progress')
  @ResponseBody(PartnerProgressCounts)
  async progress(@CurrentVendor() actor: VendorActor): Promise<PartnerProgressCounts> {
    return { ...(await this.memberships.progress(actor, await this.activations.partnersThatLaunched(actor))) };
  }

  @Summary('List the tiers and regions that your partners have, for suggestions')
  @Allow('partners.read')
  @Get('partners/traits')
  @ResponseBody(PartnerTraits)
  async traits(@CurrentVendor() actor: VendorActor): Promise<PartnerTraits> {
    const { tiers, regions } = await this.memberships.traits(actor);
    return { tiers, regions };
  }

  @Summary('Get one partner of your programme')
  @Allow('partners.read')
  @Get('partners/:id')
  @ResponseBody(PartnerView)
  async one(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<PartnerView> {
    return partnerView(await this.memberships.ofPartner(actor, id));
  }

  /**
   * Adds the partner to the programme and sends its first person an invitation.
   */
  @Summary('Invite a partner. Repeating the request with the same Idempotency-Key invites the same partner once')
  @Allow('partners.edit')
  @Post('partners/invitations')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Repeating the same request with the same key invites the same partner once.',
  })
  @ResponseBody(PartnerView, 201)
  async invite(
    @CurrentVendor() actor: VendorActor,
    @Headers('idempotency-key') key: string | undefined,
    @Body({ schema: InvitePartner }) body: z.output<typeof InvitePartner>,
  ): Promise<PartnerView> {
    const asked = key === undefined ? undefined : { key: checkedKey(key), hash: hashOf(body) };
    const partner = { ...body, name: body.organisationName };
    return partnerView(await this.onboarding.invite(actor, partner, asked));
  }

  /**
   * Compares with what you have typed yourself: names of your partners, and
   * addresses that you have invited. Saves nothing.
   */
  @Summary('List your partners that may be the company that you are about to invite')
  @Allow('partners.edit')
  @Post('partners/duplicates')
  @HttpCode(200)
  @ResponseBody(PartnerDuplicatesView)
  async alike(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: CompareCompany }) { organisationName: name, email }: z.output<typeof CompareCompany>,
  ): Promise<PartnerDuplicatesView> {
    const domainOf = (address: string): string | null => this.hosts.companyDomainOf(address);
    const found = await this.duplicates.find(actor, { name, email }, domainOf);
    return {
      items: found.map(({ partnerId, name: partner, status, same }) => ({
        id: partnerId,
        name: partner,
        status,
        same: [...same],
      })),
    };
  }

  /** The owners decide; the vendor gets no answer. `GET partners/:id/overview` lists the whole team. */
  @Summary('Ask the owners of a partner to take a further person into their team')
  @Allow('partners.manage')
  @Post('partners/:id/colleagues')
  @HttpCode(202)
  async suggest(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerId,
    @Body({ schema: SuggestColleague }) { email }: z.output<typeof SuggestColleague>,
  ): Promise<void> {
    await this.colleagues.suggest(actor, id, email);
  }

  /** The old link stops working. */
  @Summary('Send an invitation again with a new link. The old link stops working')
  @Allow('partners.manage')
  @Post('partners/:id/invitation')
  @HttpCode(202)
  async resend(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerId,
    @Body({ schema: ResendInvitation }) body: z.output<typeof ResendInvitation>,
  ): Promise<void> {
    await this.onboarding.resend(actor, id, body);
  }

  /** The link stops working, and the partner's membership ends. */
  @Summary('Withdraw an invitation that has not been accepted')
  @Allow('partners.edit')
  @Delete('partners/:id/invitation')
  @HttpCode(204)
  async withdraw(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<void> {
    await this.onboarding.withdraw(actor, id);
  }

  /**
   * At once, or after a last day that both see coming. Its running campaigns of
   * yours stop at once, with the partnership, or after a day of their own. It is
   * told the reason at once.
   */
  @Summary('End the partnership with a partner that has joined, at once or on a day')
  @Allow('partners.edit')
  @Post('partners/:id/end')
  @HttpCode(200)
  @ResponseBody(PartnerView)
  async end(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerId,
    @Body({ schema: EndPartnership }) body: z.output<typeof EndPartnership>,
  ): Promise<PartnerView> {
    return partnerView(await this.partnerships.end(actor, id, endWish(body)));
  }

  /**
   * Of one that you have ended, or whose end you have announced. A partner that
   * has left by itself is invited back, and decides. It can launch
   * again what is offered to it. Stopped campaigns stay stopped.
   */
  @Summary('Take back the end of a partnership')
  @Allow('partners.edit')
  @Post('partners/:id/reinstate')
  @HttpCode(200)
  @ResponseBody(PartnerView)
  async reinstate(@CurrentVendor() actor: VendorActor, @IdParam('id') id: PartnerId): Promise<PartnerView> {
    return partnerView(await this.partnerships.reinstate(actor, id));
  }

  @Summary("Update a partner's membership")
  @Allow('partners.manage')
  @Patch('partners/:id')
  @ResponseBody(PartnerView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @IdParam('id') id: PartnerId,
    @Body({ schema: ChangePartner }) body: z.output<typeof ChangePartner>,
  ): Promise<PartnerView> {
    return partnerView(await this.memberships.change(actor, id, body));
  }
}

function checkedKey(key: string): string {
  if (key.trim() !== '' && key.length <= 200) return key;
  throw new DomainError('invitation.key-invalid', 'Send an Idempotency-Key of 1 to 200 characters, or none.', {
    field: 'Idempotency-Key',
  });
}

/** Of all that an invitation asks for. */
function hashOf({
  organisationName,
  email,
  countryCode,
  tier,
  region,
  language,
}: z.output<typeof InvitePartner>): string {
  const asked = [organisationName, email, countryCode, tier, region, language];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
