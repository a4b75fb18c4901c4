import { Injectable } from '@nestjs/common';
import { tableDocument } from '#artwork';
import { readerLocale, type ReaderPlace, type UserLanguage, type ViewMailFormat, type ViewTableName } from '#contracts';
import { Clock, type PartnerActor, type VendorActor } from '#kernel';
import { CsvTable } from '#tables';
import type { SavedView } from './saved-view.js';
import { VIEW_TEXTS } from './view-texts.js';
import { MOST_ROWS, type ViewTable } from './view-table.js';
import { ViewTables } from './view-tables.service.js';

/** A view as a file. */
export interface ViewFile extends Pick<ViewTable, 'days' | 'cut'> {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly content: Buffer;
  readonly table: ViewTableName;
}

/** For whom, and how. */
interface FileRequest {
  readonly actor: VendorActor | PartnerActor;
  readonly organisation: string;
  readonly language: UserLanguage;
  /** How the reader writes days. */
  readonly place: ReaderPlace;
  readonly format: ViewMailFormat;
  /** Undefined: the usual one of the screen. */
  readonly table?: ViewTableName | undefined;
}

/** Draws a saved view as it is now, for one reader. */
@Injectable()
export class ViewFiles {
  constructor(
    private readonly tables: ViewTables,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError as `ViewTables.read`. */
  async draw(
    view: Pick<SavedView, 'name' | 'screen' | 'query'>,
    { actor, organisation, language, place, format, table: asked }: FileRequest,
  ): Promise<ViewFile> {
    const { name: table, columns, rows, days, cut } = await this.tables.read(actor, view, asked, language);
    const csv = new CsvTable(columns, language);
    const name = `${fileName(view.name)}.${format}`;
    if (format === 'csv')
      return {
        name,
        type: 'text/csv; charset=utf-8',
        content: Buffer.from(csv.heading() + csv.lines(rows)),
        table,
        days,
        cut,
      };
    const { t } = VIEW_TEXTS.in(language);
    const day = dayIn(readerLocale(language, place));
    const printed = csv.printed(rows);
    const now = this.clock.now();
    const facts = [
      organisation,
      t(`tables.${table}`),
      ...(days === null ? [] : [t('period', { from: day(days.from), to: day(days.to) })]),
      t('asOf', { now: day(now.toISOString()) }),
      ...(cut === undefined ? [] : [t(`cut.${cut}`, { rows: MOST_ROWS.toLocaleString(language) })]),
    ];
    const content = await tableDocument({
      title: view.name,
      lead: facts.join(', '),
      ...printed,
      footer: (page, pages) => t('page', { page: String(page), pages: String(pages) }),
      at: now,
      language,
    });
    return { name, type: 'application/pdf', content, table, days, cut };
  }
}

/** A day as the reader writes it. @param locale as of `readerLocale`. */
export function dayIn(locale: string): (on: string) => string {
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return (on) => days.format(new Date(on));
}

/** A name that every file system takes. */
const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N} _-]+/gu, '')
    .trim()
    .slice(0, 60) || 'view';
