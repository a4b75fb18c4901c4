import { Injectable } from '@nestjs/common';
import { tableDocument } from '#artwork';
import { readerLocale, type ReaderPlace, type UserLanguage, type ViewMailFormat, type ViewTableName } from '#contracts';
import { Clock, type PartnerActor, type VendorActor } from '#kernel';
import { CsvTable } from '#tables';
import type { SavedView } from './saved-view.js';
import { VIEW_TEXTS } from './view-texts.js';
import { type PrintedRows, printedRows, type ViewTable } from './view-table.js';
import { ViewTables } from './view-tables.service.js';

/** A view as a file. */
export interface ViewFile extends Pick<ViewTable, 'days' | 'cut'> {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly content: Buffer;
  readonly table: ViewTableName;
  /** Of a PDF. */
  readonly printed?: Pick<PrintedRows, 'shown' | 'all' | 'of'>;
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
    { actor, organisation, place, ...request }: FileRequest,
  ): Promise<ViewFile> {
    const { language, format } = request;
    const read = await this.tables.read(actor, view, { language, format, table: request.table });
    const { name: table, columns, rows, days, cut } = read;
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
    const ofPage = printedRows(read);
    const number = (value: number): string => value.toLocaleString(language);
    const size = { shown: number(ofPage.shown), all: number(ofPage.all) };
    const now = this.clock.now();
    const facts = [
      organisation,
      t(`tables.${table}`),
      ...(days === null ? [] : [t('period', { from: day(days.from), to: day(days.to) })]),
      t('asOf', { now: day(now.toISOString()) }),
      ofPage.of === 'whole' ? t('rows', { count: ofPage.all, number: size.all }) : t(`paper.${ofPage.of}`, size),
    ];
    const content = await tableDocument({
      title: view.name,
      lead: facts.join(', '),
      ...csv.printed(ofPage.rows),
      footer: (page, pages) => t('page', { page: String(page), pages: String(pages) }),
      at: now,
      language,
    });
    return {
      name,
      type: 'application/pdf',
      content,
      table,
      days,
      cut,
      printed: ofPage,
    };
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
