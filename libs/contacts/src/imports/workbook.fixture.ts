import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A cell: text, number, or a day number that is shown as a date. */
type WorkbookCell = string | number | { readonly day: number } | { readonly formula: string; readonly value: string };
export interface WorkbookSheet {
  readonly name: string;
  readonly rows: readonly (readonly WorkbookCell[])[];
  readonly isHidden?: boolean;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const letter = (column: number): string => String.fromCharCode(65 + column);
const NS = 'http://schemas.openxmlformats.org';

function cellXml(cell: WorkbookCell, at: string, strings: string[]): string {
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'object' && 'day' in cell) return `<c r="${at}" s="1"><v>${cell.day}</v></c>`;
  if (typeof cell === 'object')
    return `<c r="${at}" t="str"><f>${escaped(cell.formula)}</f><v>${escaped(cell.value)}</v></c>`;
  if (cell === '') return '';
  if (!strings.includes(cell)) strings.push(cell);
  return `<c r="${at}" t="s"><v>${strings.indexOf(cell)}</v></c>`;
}

/** An Excel workbook as Excel writes it: shared strings, styles, sheets. */
export async function workbookOf(sheets: readonly WorkbookSheet[]): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (name: string, xml: string): void => {
    zip.addBuffer(Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`), name);
  };
  const strings: string[] = [];
  sheets.forEach(({ rows }, index) => {
    const body = rows.map((cells, row) =>
      cells.length === 0
        ? ''
        : `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letter(column)}${row + 1}`, strings)).join('')}</row>`,
    );
    add(
      `xl/worksheets/sheet${index + 1}.xml`,
      `<worksheet xmlns="${NS}/spreadsheetml/2006/main"><sheetData>${body.join('')}</sheetData></worksheet>`,
    );
  });
  const list = sheets.map(
    ({ name, isHidden }, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}"${isHidden === true ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  );
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${NS}/spreadsheetml/2006/main" xmlns:r="${NS}/officeDocument/2006/relationships"><workbookPr/><sheets>${list.join('')}</sheets></workbook>`,
  );
  const relations = sheets.map(
    (_, index) => `<Relationship Id="rId${index + 1}" Type="worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${NS}/package/2006/relationships">${relations.join('')}</Relationships>`,
  );
  add(
    'xl/styles.xml',
    `<styleSheet xmlns="${NS}/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
  );
  add(
    'xl/sharedStrings.xml',
    `<sst xmlns="${NS}/spreadsheetml/2006/main">${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
  );
  zip.end();
  return buffer(zip.outputStream);
}
