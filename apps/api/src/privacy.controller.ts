import { Body, Controller, Get, Header, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DoubleOptIns } from '#contacts';
import { ConsentRule, PersonFile, Retention } from '#contracts';
import type { ContactId, PartnerActor } from '#kernel';
import { PersonFiles, Retentions } from '#privacy';
import { Answers } from './http/api-response.js';
import { Allow, CurrentPartner } from './http/authority.js';

/** What a partner owes the people in its lists: to show what it holds, and not to hold it for ever. */
@ApiTags('contacts')
@Controller('api/v1')
export class PrivacyController {
  constructor(
    private readonly files: PersonFiles,
    private readonly retentions: Retentions,
    private readonly optIns: DoubleOptIns,
  ) {}

  @Get('contacts/:id/person-file')
  @Allow('contacts.edit')
  @Answers(PersonFile)
  @Header('content-disposition', 'attachment; filename="person-file.json"')
  async file(
    @CurrentPartner() actor: PartnerActor,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<PersonFile> {
    return this.files.of(actor, id as ContactId);
  }

  @Get('consent-rule')
  @Allow('contacts.read')
  @Answers(ConsentRule)
  async consentRule(@CurrentPartner() actor: PartnerActor): Promise<z.output<typeof ConsentRule>> {
    return { doubleOptIn: await this.optIns.isWanted(actor) };
  }

  @Put('consent-rule')
  @Allow('contacts.edit')
  @Answers(ConsentRule)
  async chooseConsentRule(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: ConsentRule }) body: z.output<typeof ConsentRule>,
  ): Promise<z.output<typeof ConsentRule>> {
    await this.optIns.choose(actor, body.doubleOptIn);
    return body;
  }

  @Get('retention')
  @Allow('contacts.read')
  @Answers(Retention)
  async retention(@CurrentPartner() actor: PartnerActor): Promise<Retention> {
    return this.retentions.of(actor);
  }

  @Put('retention')
  @Allow('contacts.edit')
  @Answers(Retention)
  async choose(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: Retention }) body: z.output<typeof Retention>,
  ): Promise<Retention> {
    return this.retentions.choose(actor, body);
  }
}
