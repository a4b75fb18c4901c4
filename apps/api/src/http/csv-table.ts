import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { CsvTable as Table, type TableCell } from '#tables';

export {
  campaignCell,
  groupCell,
  moneyCell,
  namedCell,
  releasedCell,
  sendTimeText,
  sentenceCell,
  stepCell,
  type TableCell,
  type TableColumn,
  variantCell,
  withheldCell,
} from '#tables';

/** A table that a route answers as a file. */
export class CsvTable extends Table {
  /** @param name of the file. */
  file(rows: readonly (readonly TableCell[])[], name: string): StreamableFile {
    return csvFile(Buffer.from(this.heading() + this.lines(rows)), name);
  }

  /**
   * Pages of rows, read while the file is sent.
   * @param cellsOf the cells of a row; absent: the rows are cells.
   */
  streamed(pages: AsyncIterable<readonly (readonly TableCell[])[]>, name: string): StreamableFile;
  streamed<Row>(
    pages: AsyncIterable<readonly Row[]>,
    name: string,
    cellsOf: (row: Row) => readonly TableCell[],
  ): StreamableFile;
  streamed<Row>(
    pages: AsyncIterable<readonly Row[]>,
    name: string,
    cellsOf = (row: Row) => row as readonly TableCell[],
  ): StreamableFile {
    return csvFile(Readable.from(this.chunks(pages, cellsOf)), name);
  }

  private async *chunks<Row>(
    pages: AsyncIterable<readonly Row[]>,
    cellsOf: (row: Row) => readonly TableCell[],
  ): AsyncGenerator<Buffer> {
    yield Buffer.from(this.heading());
    for await (const rows of pages) if (rows.length > 0) yield Buffer.from(this.lines(rows.map(cellsOf)));
  }
}

function csvFile(content: Buffer | Readable, name: string): StreamableFile {
  const options = { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}"` };
  return content instanceof Readable ? new StreamableFile(content, options) : new StreamableFile(content, options);
}
