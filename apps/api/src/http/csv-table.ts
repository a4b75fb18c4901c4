import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { CsvTable as Table, type TableCell } from '#tables';

export {
  amountsCell,
  campaignCell,
  groupCell,
  sendTimeText,
  sentenceCell,
  stepCell,
  type TableCell,
  type TableColumn,
  variantCell,
  wholeUnitsCell,
} from '#tables';

/** A table that a route answers as a file. */
export class CsvTable extends Table {
  /** @param name of the file. */
  file(rows: readonly (readonly TableCell[])[], name: string): StreamableFile {
    return csvFile(Buffer.from(this.heading() + this.lines(rows)), name);
  }

  /** Pages of rows, read while the file is sent. */
  streamed(pages: AsyncIterable<readonly (readonly TableCell[])[]>, name: string): StreamableFile {
    return csvFile(Readable.from(this.chunks(pages)), name);
  }

  private async *chunks(pages: AsyncIterable<readonly (readonly TableCell[])[]>): AsyncGenerator<Buffer> {
    yield Buffer.from(this.heading());
    for await (const rows of pages) if (rows.length > 0) yield Buffer.from(this.lines(rows));
  }
}

function csvFile(content: Buffer | Readable, name: string): StreamableFile {
  const options = { type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}"` };
  return content instanceof Readable ? new StreamableFile(content, options) : new StreamableFile(content, options);
}
