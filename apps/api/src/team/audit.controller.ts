import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { type AuditEntry, type AuditFilter as Filter, AuditLog } from '#audit';
import { AuditEntries, type AuditFilter, AuditQuery, AuditTableQuery } from '#contracts';
import type { Actor } from '#kernel';
import { CsvTable, type TableCell } from '../http/csv-table.js';
import { AUDIT_COLUMNS, auditEntryView, auditRow } from './audit.view.js';
import { AllowBothSides, CurrentActor } from '../http/authority.js';
import { idCursor, nextCursor } from '../http/cursor-page.js';
import { CsvResponse, ResponseBody, Summary } from '../http/openapi.js';

const EXPORT_PAGE = 1_000;

/** The audit log of an organisation. */
@Controller('api/v1')
export class AuditController {
  constructor(private readonly audit: AuditLog) {}

  @Summary('List the audit log, newest first, filtered by person, action, time and text')
  @AllowBothSides('audit.read')
  @Get('audit-entries')
  @ResponseBody(AuditEntries)
  async entries(
    @CurrentActor() actor: Actor,
    @Query({ schema: AuditQuery }) { limit, cursor, ...query }: z.output<typeof AuditQuery>,
  ): Promise<z.output<typeof AuditEntries>> {
    const entries = await this.audit.read(actor, { limit, beforeId: idCursor(cursor) }, filterIn(query));
    return {
      items: entries.map(auditEntryView),
      nextCursor: nextCursor(entries, limit, ({ id }) => id),
    };
  }

  /** All entries that match, newest first, without a limit. */
  @Summary('Download all matching audit log entries as CSV')
  @CsvResponse()
  @AllowBothSides('audit.read')
  @Get('audit-entries.csv')
  async csv(
    @CurrentActor() actor: Actor,
    @Query({ schema: AuditTableQuery }) { language, ...query }: z.output<typeof AuditTableQuery>,
  ): Promise<StreamableFile> {
    const filter = filterIn(query);
    // Read before the response begins, so that a refusal is a response, too.
    const first = await this.audit.read(actor, { limit: EXPORT_PAGE, beforeId: null }, filter);
    return new CsvTable(AUDIT_COLUMNS, language).streamed(this.rows(actor, filter, first), 'audit-log.csv');
  }

  private async *rows(actor: Actor, filter: Filter, first: readonly AuditEntry[]): AsyncGenerator<TableCell[][]> {
    let page = first;
    for (;;) {
      yield page.map(auditRow);
      if (page.length < EXPORT_PAGE) return;
      page = await this.audit.read(actor, { limit: EXPORT_PAGE, beforeId: page.at(-1)?.id ?? null }, filter);
    }
  }
}

const filterIn = ({ q, from, to, ...filter }: z.output<typeof AuditFilter>): Filter => ({
  ...filter,
  searchText: q,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
});
