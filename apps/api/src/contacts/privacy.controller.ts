import { Body, Controller, Get, Header, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DoubleOptIns } from '#contacts';
import { ConsentRule, PersonFile, Retention, RetentionOutlook, RetentionQuery } from '#contracts';
import type { ContactId, PartnerActor } from '#kernel';
import { PersonFiles, Retentions, rowsOfFile } from '#privacy';
import { Answers } from '../http/api-response.js';
import { Allow, CurrentPartner } from '../http/authority.js';
import { IdParam } from '../http/path-parameters.js';
import { csvFile } from '../insight/insight.controller.js';

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
  async file(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ContactId): Promise<PersonFile> {
    return this.files.of(actor, id);
  }

  /** The same for a spreadsheet: a row for each thing that is known. */
  @Get('contacts/:id/person-file.csv')
  @Allow('contacts.edit')
  @ApiProduces('text/csv')
  @ApiOkResponse()
  async fileAsCsv(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ContactId): Promise<StreamableFile> {
    const file = await this.files.of(actor, id);
    return csvFile([['section', 'number', 'field', 'value'], ...rowsOfFile(file)], 'person-file.csv');
  }

  @Get('consent-rule')
  @Allow('contacts.read')
  @Answers(ConsentRule)
  async consentRule(@CurrentPartner() actor: PartnerActor): Promise<ConsentRule> {
    const { doubleOptIn, countries } = await this.optIns.rule(actor);
    return { doubleOptIn, countries: [...countries] };
  }

  @Put('consent-rule')
  @Allow('contacts.edit')
  @Answers(ConsentRule)
  async chooseConsentRule(
    @CurrentPartner() actor: PartnerActor,
    @Body({ schema: ConsentRule }) body: z.output<typeof ConsentRule>,
  ): Promise<ConsentRule> {
    await this.optIns.choose(actor, body);
    return this.consentRule(actor);
  }

  @Get('retention')
  @Allow('contacts.read')
  @Answers(Retention)
  async retention(@CurrentPartner() actor: PartnerActor): Promise<Retention> {
    return this.retentions.of(actor);
  }

  /** Before somebody chooses: what would go, with the periods that are asked for. */
  @Get('retention/outlook')
  @Allow('contacts.read')
  @Answers(RetentionOutlook)
  async outlook(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: RetentionQuery }) query: z.output<typeof RetentionQuery>,
  ): Promise<RetentionOutlook> {
    const { nextRunAt, atNextRun, withinThirtyDays, most, lastRun } = await this.retentions.outlook(actor, query);
    return {
      nextRunAt: nextRunAt.toISOString(),
      atNextRun: { ...atNextRun },
      withinThirtyDays: { ...withinThirtyDays },
      most,
      lastRun: lastRun === null ? null : { ...lastRun, at: lastRun.at.toISOString() },
    };
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
