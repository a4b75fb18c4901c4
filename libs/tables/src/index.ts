export {
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
} from './csv-table.js';
export { moneyCell } from './money-cell.js';
export { releasedCell, sendTimeText, stepCell, variantCell } from './result-cells.js';
export { ordersOf, sortedRows, type Table, titleKey } from './table.js';
export { withheldCell } from './withheld-cell.js';
