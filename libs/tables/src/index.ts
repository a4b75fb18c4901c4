export {
  amountsCell,
  campaignCell,
  CsvTable,
  groupCell,
  sentenceCell,
  type TableCell,
  type TableColumn,
} from './csv-table.js';
export { sortedRows, type Table } from './table.js';
