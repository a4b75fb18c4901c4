import { Body, Controller, Get, Put } from '@nestjs/common';
import type { z } from 'zod';
import { SignInPolicy } from '#contracts';
import { type Session, SignInPolicies } from '#identity';
import type { Actor } from '#kernel';
import { AllowBothSides, CurrentActor, CurrentSession } from '../http/authority.js';
import { ResponseBody, Summary } from '../http/openapi.js';
import { sideOf } from './side.js';

/** What an organisation asks of its people's sign-ins. */
@Controller('api/v1/sign-in-policy')
export class SignInPolicyController {
  constructor(private readonly policies: SignInPolicies) {}

  @Summary('Get whether your organisation requires a second factor')
  @AllowBothSides('team.read')
  @Get()
  @ResponseBody(SignInPolicy)
  async get(@CurrentActor() actor: Actor): Promise<SignInPolicy> {
    return this.policies.get(actor, sideOf(actor).id);
  }

  /** Effective from the next request of each person. */
  @Summary('Require a second factor of all people of your organisation')
  @AllowBothSides('team.edit')
  @Put()
  @ResponseBody(SignInPolicy)
  async set(
    @CurrentActor() actor: Actor,
    @CurrentSession() { session }: { session: Session },
    @Body({ schema: SignInPolicy }) body: z.output<typeof SignInPolicy>,
  ): Promise<SignInPolicy> {
    await this.policies.set(actor, sideOf(actor).id, session, body);
    return body;
  }
}
