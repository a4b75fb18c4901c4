import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { DistributionView, ProposePartner } from '#contracts';
import { DistributorTotals } from '#insight';
import { ProposedPartners } from '#joining';
import type { PartnerActor } from '#kernel';
import { type Distributor, Distributors } from '#organisations';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { PartnerVendorViews } from './partner-vendors.view.js';

type Line = DistributionView['items'][number];

/** The partners that a distributor has brought to its vendors. */
@ApiTags('vendors')
@Controller('api/v1/distribution')
export class DistributionController {
  constructor(
    private readonly distributors: Distributors,
    private readonly proposals: ProposedPartners,
    private readonly totals: DistributorTotals,
    private readonly vendors: PartnerVendorViews,
  ) {}

  /** No contacts, no people, and no numbers of a single partner. Empty if you are no distributor. */
  @Summary('List the partners that you brought to each vendor, with sums over them')
  @Allow('activations.read')
  @Get()
  @ResponseBody(DistributionView)
  async list(@CurrentPartner() actor: PartnerActor): Promise<DistributionView> {
    const own = await this.distributors.ofPartner(actor);
    const names = await this.vendors.names(
      actor,
      own.map(({ vendorId }) => vendorId),
    );
    const items: Line[] = [];
    for (const distributor of own) items.push(await this.line(distributor, names.get(distributor.vendorId) ?? ''));
    return { items };
  }

  /** The company gets an invitation at once, or once the vendor has accepted it. */
  @Summary('Propose a company to a vendor whose distributor you are')
  @Allow('distribution.edit')
  @Post('proposals')
  @HttpCode(200)
  @ResponseBody(DistributionView)
  async propose(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: ProposePartner }) { vendorId, ...proposed }: z.output<typeof ProposePartner>,
  ): Promise<DistributionView> {
    await this.proposals.propose(actor, vendorId, proposed);
    return this.list(actor);
  }

  private async line(distributor: Distributor, vendorName: string): Promise<Line> {
    const { vendorId, approval } = distributor;
    const partners = await this.distributors.partnersOf(distributor);
    const proposals = await this.proposals.list(distributor);
    return {
      vendorId,
      vendorName,
      approval,
      partners: partners.map(({ since, ...partner }) => ({ ...partner, since: since.toISOString() })),
      proposals: proposals.map(({ proposedAt, ...rest }) => ({ ...rest, proposedAt: proposedAt.toISOString() })),
      totals: await this.totals.of(distributor),
    };
  }
}
