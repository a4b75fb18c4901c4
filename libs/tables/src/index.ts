export {
  amountsCell,
  campaignCell,
  columnNames,
  CsvTable,
  groupCell,
  sentenceCell,
  type TableCell,
  type TableColumn,
  valueNamed,
  wholeUnitsCell,
} from './csv-table.js';
export { sortedRows, type Table } from './table.js';
