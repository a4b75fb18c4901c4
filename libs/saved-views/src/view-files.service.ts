import { Injectable } from '@nestjs/common';
import { tableDocument } from '#artwork';
import { readerLocale, type ReaderPlace, type UserLanguage, type ViewMailFormat } from '#contracts';
import { Clock, type PartnerActor, type VendorActor } from '#kernel';
import { CsvTable } from '#tables';
import type { SavedView } from './saved-view.js';
import { VIEW_TEXTS } from './view-texts.js';
import { ViewTables } from './view-tables.service.js';

/** A view as a file. */
export interface ViewFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly content: Buffer;
  /** The days that it is of. */
  readonly from: string;
  readonly to: string;
}

/** For whom, and how. */
interface FileRequest {
  readonly actor: VendorActor | PartnerActor;
  readonly organisation: string;
  readonly language: UserLanguage;
  /** How the reader writes days. */
  readonly place: ReaderPlace;
  readonly format: ViewMailFormat;
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
    { actor, organisation, language, place, format }: FileRequest,
  ): Promise<ViewFile> {
    const { columns, rows, from, to } = await this.tables.read(actor, view);
    const table = new CsvTable(columns, language);
    const name = `${fileName(view.name)}.${format}`;
    if (format === 'csv')
      return {
        name,
        type: 'text/csv; charset=utf-8',
        content: Buffer.from(table.heading() + table.lines(rows)),
        from,
        to,
      };
    const { t } = VIEW_TEXTS.in(language);
    const day = dayIn(readerLocale(language, place));
    const [headings = [], ...texts] = table.texts(rows);
    const now = this.clock.now();
    const content = await tableDocument({
      title: view.name,
      lead: t('lead', { organisation, from: day(from), to: day(to), now: day(now.toISOString()) }),
      headings,
      rows: texts,
      footer: (page, pages) => t('page', { page: String(page), pages: String(pages) }),
      at: now,
      language,
    });
    return { name, type: 'application/pdf', content, from, to };
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
