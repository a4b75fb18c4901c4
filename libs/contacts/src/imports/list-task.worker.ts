import { TextDecoding } from './csv-encoding.js';
import { inspectFile } from './csv-file.js';
import { CsvReader, type CsvRow } from './csv-rows.js';
import type { ListInput, ListOutput } from './list-task.js';
import { readListTable } from './list-table.js';
import { readOptOutList } from './opt-out-list.js';

interface Reading {
  readonly decoding: TextDecoding;
  readonly reader: CsvReader;
}
const readings = new Map<string, Reading>();

/** Reads a list, or the next slice of one, in this process. */
export async function run(input: ListInput): Promise<ListOutput> {
  if (input.kind === 'inspect') return { kind: 'file', list: await inspectFile(input.bytes, input.choice) };
  if (input.kind === 'opt-outs') return { kind: 'opt-outs', list: await readOptOutList(input.bytes, input.column) };
  if (input.kind === 'table') return { kind: 'table', table: await readListTable(input.bytes) };
  if (input.kind === 'begin') {
    const reading = { decoding: new TextDecoding(input.encoding), reader: new CsvReader(input.dialect) };
    readings.set(input.session, reading);
    return { kind: 'rows', rows: [] };
  }
  return { kind: 'rows', rows: readSlice(input.session, input.bytes, input.isLast) };
}

function readSlice(session: string, bytes: Buffer, isLast: boolean): CsvRow[] {
  const reading = readings.get(session);
  if (reading === undefined) throw new Error('The reading of this list has not begun.');
  const { decoding, reader } = reading;
  const rows = [...reader.push(decoding.decode(bytes))].flat();
  if (!isLast) return rows;
  readings.delete(session);
  return [...rows, ...[...reader.push(decoding.flush())].flat(), ...reader.flush()];
}
