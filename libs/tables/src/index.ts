export {
  amountsCell,
  campaignCell,
  columnNames,
  CsvTable,
  groupCell,
  namedCell,
  sentenceCell,
  type TableCell,
  type TableColumn,
  valueName,
  valueNamed,
  wholeUnitsCell,
} from './csv-table.js';
export { sendTimeText, stepCell, variantCell } from './result-cells.js';
export { ordersOf, sortedRows, type Table, titleKey } from './table.js';
