import { Body, Controller, Get, Param, Patch, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { TranslationReviewers } from '#campaigns';
import { ChangeTranslationRule, ChooseTranslationReviewer, TranslationRuleView } from '#contracts';
import type { VendorActor } from '#kernel';
import { Allow, CurrentVendor } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { LanguageTag } from '../http/path-parameters.js';

/** What a vendor asks of translations, and who reviews each language. */
@ApiTags('campaigns')
@Controller('api/v1/translation-rule')
export class TranslationRuleController {
  constructor(private readonly reviewers: TranslationReviewers) {}

  @Summary('Show what is asked of translations, and who reviews each language')
  @Get()
  @Allow('campaigns.read')
  @ResponseBody(TranslationRuleView)
  async show(@CurrentVendor() actor: VendorActor): Promise<TranslationRuleView> {
    const { unreviewed, ownReview } = await this.reviewers.rule(actor);
    return {
      unreviewed,
      ownReview,
      reviewers: (await this.reviewers.list(actor)).map(({ locale, userId, name }) => ({ locale, userId, name })),
      team: (await this.reviewers.candidates(actor)).map(({ id, name }) => ({ id, name })),
    };
  }

  @Summary('Change what is asked of translations')
  @Patch()
  @Allow('campaigns.approve')
  @ResponseBody(TranslationRuleView)
  async change(
    @CurrentVendor() actor: VendorActor,
    @Body({ schema: ChangeTranslationRule }) change: z.output<typeof ChangeTranslationRule>,
  ): Promise<TranslationRuleView> {
    await this.reviewers.changeRule(actor, change);
    return this.show(actor);
  }

  /** In all campaigns. Null: the language has no reviewer. */
  @Summary('Choose who reviews a language')
  @Put('reviewers/:locale')
  @Allow('campaigns.approve')
  @ResponseBody(TranslationRuleView)
  async choose(
    @CurrentVendor() actor: VendorActor,
    @Param('locale', { schema: LanguageTag }) locale: string,
    @Body({ schema: ChooseTranslationReviewer }) { userId }: z.output<typeof ChooseTranslationReviewer>,
  ): Promise<TranslationRuleView> {
    await this.reviewers.choose(actor, locale, userId);
    return this.show(actor);
  }
}
