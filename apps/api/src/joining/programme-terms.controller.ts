import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { ProgrammeTermsView, PublishProgrammeTerms, TermsPartners, TermsPartnersQuery } from '#contracts';
import { type PartnerOfTerms, type PublishedTerms, ProgrammeTerms } from '#joining';
import type { PartnerId, VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { acceptanceView } from './terms.view.js';

type PartnersOfTerms = z.output<typeof TermsPartners>;

/** The terms of a vendor's programme, and who accepted them. */
@Controller('api/v1/programme-terms')
export class ProgrammeTermsController {
  constructor(private readonly terms: ProgrammeTerms) {}

  @Summary('List the versions of your programme terms')
  @Allow('partners.read')
  @Get()
  @ResponseBody(ProgrammeTermsView)
  async list(@CurrentVendor() actor: VendorActor): Promise<ProgrammeTermsView> {
    return this.view(actor, await this.terms.list(actor));
  }

  /** It cannot be changed or taken back: the next version replaces it. Owners of your partners get an e-mail. */
  @Summary('Publish a version of your programme terms')
  @Allow('terms.edit')
  @Post()
  @HttpCode(201)
  @ResponseBody(ProgrammeTermsView)
  async publish(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: PublishProgrammeTerms }) body: z.output<typeof PublishProgrammeTerms>,
  ): Promise<ProgrammeTermsView> {
    return this.view(actor, await this.terms.publish(actor, body));
  }

  @Summary('List partners by whether they have accepted the newest terms')
  @Allow('partners.read')
  @Get('partners')
  @ResponseBody(TermsPartners)
  async partners(
    @CurrentVendor() actor: VendorActor,
    @Query({ schema: TermsPartnersQuery }) { limit, cursor, state }: z.output<typeof TermsPartnersQuery>,
  ): Promise<PartnersOfTerms> {
    const page = { hasAccepted: state === 'accepted', limit, afterId: idCursor<PartnerId>(cursor) };
    const found = await this.terms.partners(actor, page);
    return { items: found.map(partnerView), nextCursor: nextCursor(found, limit, ({ partnerId }) => partnerId) };
  }

  private async view(actor: VendorActor, versions: readonly PublishedTerms[]): Promise<ProgrammeTermsView> {
    return {
      items: versions.map(({ texts, publishedAt, ...version }) => ({
        ...version,
        texts: { ...texts },
        publishedAt: publishedAt.toISOString(),
      })),
      partnerCount: await this.terms.countPartners(actor),
    };
  }
}

const partnerView = ({ partnerId, name, acceptance }: PartnerOfTerms): PartnersOfTerms['items'][number] => ({
  partnerId,
  name,
  acceptance: acceptance === null ? null : acceptanceView(acceptance),
});
