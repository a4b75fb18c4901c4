import { Body, Controller, Get, Headers, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { type BrandProfile, BrandProfiles } from '#brand';
import { BrandProfile as BrandProfileAnswer, BrandProfileEdit } from '#contracts';
import { DomainError, type PartnerActor } from '#kernel';
import { brandProfileView } from './brand-profile.view.js';
import { Answers } from './http/api-response.js';
import { Allow, CurrentPartner } from './http/authority.js';

@ApiTags('brand')
@Controller('api/v1/brand-profile')
export class BrandProfileController {
  constructor(private readonly profiles: BrandProfiles) {}

  /** The profile with its version as ETag; version 0 until somebody has filled it. */
  @Get()
  @Allow('brand.read')
  @Answers(BrandProfileAnswer)
  async get(
    @CurrentPartner() actor: PartnerActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrandProfileAnswer> {
    return answer(response, await this.profiles.current(actor));
  }

  @Put()
  @Allow('brand.edit')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the profile that was edited.' })
  @Answers(BrandProfileAnswer)
  async edit(
    @CurrentPartner() actor: PartnerActor,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: BrandProfileEdit }) body: z.output<typeof BrandProfileEdit>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrandProfileAnswer> {
    return answer(response, await this.profiles.edit(actor, versionOf(ifMatch), body));
  }
}

function answer(response: Response, profile: BrandProfile): BrandProfileAnswer {
  response.setHeader('ETag', `"${profile.version}"`);
  return brandProfileView(profile);
}

function versionOf(ifMatch: string | undefined): number {
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch?.trim() ?? '')?.[1];
  if (version !== undefined) return Number(version);
  throw new DomainError(
    'brand-profile.if-match-missing',
    'Send the ETag of the profile that you edited as If-Match, so that nobody’s change is lost.',
    { field: 'If-Match' },
  );
}
