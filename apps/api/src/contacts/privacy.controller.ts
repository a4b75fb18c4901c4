import { Body, Controller, Get, Header, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { consentRuleVersion, DoubleOptIns } from '#contacts';
import {
  ConsentRule,
  DataSubjectExport,
  Retention,
  RetentionOutlook,
  RetentionQuery,
  StoredConsentRule,
  StoredRetention,
  TableForm,
} from '#contracts';
import type { ContactId, PartnerActor } from '#kernel';
import { DataSubjectExports, Retentions, retentionVersion, exportRows } from '#privacy';
import { Allow, CurrentPartner } from '../http/authority.js';
import { CsvTable } from '../http/csv-table.js';
import { EditedVersion, ReplacesVersion } from '../http/edited-version.js';
import { IdParam } from '../http/path-parameters.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';

/**
 * A partner's duties to the contacts in its lists: data-subject exports,
 * consent and retention.
 */
@ApiTags('contacts')
@Controller('api/v1')
export class PrivacyController {
  constructor(
    private readonly files: DataSubjectExports,
    private readonly retentions: Retentions,
    private readonly optIns: DoubleOptIns,
  ) {}

  @Summary('Get all data held about a person, for that person. Recorded in the audit log')
  @Get('contacts/:id/data-export')
  @Allow('contacts.edit')
  @ResponseBody(DataSubjectExport)
  @Header('content-disposition', 'attachment; filename="data-export.json"')
  async file(@CurrentPartner() actor: PartnerActor, @IdParam('id') id: ContactId): Promise<DataSubjectExport> {
    return this.files.export(actor, id);
  }

  @Summary('Get all data held about a person as CSV, one row per item')
  @CsvResponse()
  @Get('contacts/:id/data-export.csv')
  @Allow('contacts.edit')
  async fileAsCsv(
    @CurrentPartner() actor: PartnerActor,
    @IdParam('id') id: ContactId,
    @Query({ schema: TableForm }) { language }: z.output<typeof TableForm>,
  ): Promise<StreamableFile> {
    const file = await this.files.export(actor, id);
    return new CsvTable(['section', 'number', 'field', 'value'], language).file(exportRows(file), 'data-export.csv');
  }

  @Summary('Get whether form opt-ins need a confirmation by e-mail (double opt-in)')
  @Get('consent-rule')
  @Allow('contacts.read')
  @ResponseBody(StoredConsentRule)
  async consentRule(@CurrentPartner() actor: PartnerActor): Promise<StoredConsentRule> {
    const rule = await this.optIns.rule(actor);
    return { version: consentRuleVersion(rule), doubleOptIn: rule.doubleOptIn, countries: [...rule.countries] };
  }

  @Summary('Require double opt-in for forms: everywhere, in some countries, or not at all')
  @Put('consent-rule')
  @ReplacesVersion()
  @Allow('contacts.edit')
  @ResponseBody(StoredConsentRule)
  async chooseConsentRule(
    @CurrentPartner() actor: PartnerActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: ConsentRule }) body: z.output<typeof ConsentRule>,
  ): Promise<StoredConsentRule> {
    await this.optIns.choose(actor, body, basedOn);
    return this.consentRule(actor);
  }

  @Summary('Get the retention periods of inactive contacts and of import reports')
  @Get('retention')
  @Allow('contacts.read')
  @ResponseBody(StoredRetention)
  async retention(@CurrentPartner() actor: PartnerActor): Promise<StoredRetention> {
    return retentionView(await this.retentions.get(actor));
  }

  /** Previews which data the requested periods would delete. */
  @Summary('Show what retention periods delete at the next run and within thirty days, and what the last run deleted')
  @Get('retention/outlook')
  @Allow('contacts.read')
  @ResponseBody(RetentionOutlook)
  async outlook(
    @CurrentPartner() actor: PartnerActor,
    @Query({ schema: RetentionQuery }) query: z.output<typeof RetentionQuery>,
  ): Promise<RetentionOutlook> {
    const { nextRunAt, atNextRun, withinThirtyDays, most, lastRun } = await this.retentions.preview(actor, query);
    return {
      nextRunAt: nextRunAt.toISOString(),
      atNextRun: { ...atNextRun },
      withinThirtyDays: { ...withinThirtyDays },
      most,
      lastRun: lastRun === null ? null : { ...lastRun, at: lastRun.at.toISOString() },
    };
  }

  @Summary("Set retention periods within the platform's limits")
  @Put('retention')
  @ReplacesVersion()
  @Allow('contacts.edit')
  @ResponseBody(StoredRetention)
  async choose(
    @CurrentPartner() actor: PartnerActor,
    @EditedVersion() basedOn: string | null,
    @Body({ schema: Retention }) body: z.output<typeof Retention>,
  ): Promise<StoredRetention> {
    return retentionView(await this.retentions.set(actor, body, basedOn));
  }
}

const retentionView = (periods: Retention): StoredRetention => ({
  version: retentionVersion(periods),
  inactiveContactMonths: periods.inactiveContactMonths,
  importReportDays: periods.importReportDays,
});
