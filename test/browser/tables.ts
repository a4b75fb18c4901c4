import type { Locator } from 'playwright-core';
import type { Visitor } from './portal.js';

/** The lines of what is shown, without empty ones. */
async function linesOf(shown: Locator): Promise<string[]> {
  return (await shown.innerText()).split('\n').filter((line) => line.trim() !== '');
}

/** Each figure of a list: its name, its value, and what is said of it. */
export async function figuresOf(list: Locator): Promise<string[][]> {
  return Promise.all((await list.locator(':scope > *').all()).map(linesOf));
}

/**
 * The rows of a table as they stand there, each with the lines of its cells.
 * The cell with the buttons of a row is left out.
 */
export async function rowsOf({ page }: Visitor, table: string): Promise<string[][][]> {
  const rows = await page.getByRole('table', { name: table, exact: true }).locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const cells = row.locator('th, td').filter({ hasNot: page.locator('button[aria-label]') });
      return Promise.all((await cells.all()).map(linesOf));
    }),
  );
}

/** The same with the first line of each cell. */
export async function firstLinesOf(visitor: Visitor, table: string): Promise<string[][]> {
  return (await rowsOf(visitor, table)).map((cells) => cells.map(([line = '']) => line));
}
