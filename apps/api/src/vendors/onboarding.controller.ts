import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { OnboardingChecklists } from '#activations';
import { OnboardingView } from '#contracts';
import type { PartnerActor } from '#kernel';
import { Allow, CurrentPartner } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';

/** What a new partner does before and with its first launch. */
@Controller('api/v1/onboarding')
export class OnboardingController {
  constructor(private readonly checklists: OnboardingChecklists) {}

  @Summary('List what your organisation does before its first launch')
  @Allow('offers.read')
  @Get()
  @ResponseBody(OnboardingView)
  async get(@CurrentPartner() actor: PartnerActor): Promise<OnboardingView> {
    const { steps, isHidden } = await this.checklists.get(actor);
    return { isHidden, steps: steps.map(({ key, isDone }) => ({ key, isDone })) };
  }

  @Summary('Hide the checklist from all people of your organisation')
  @Allow('activations.launch')
  @Post('hidden')
  @HttpCode(204)
  async hide(@CurrentPartner() actor: PartnerActor): Promise<void> {
    await this.checklists.hide(actor);
  }
}
