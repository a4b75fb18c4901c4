import { camelCaseRows } from './camel-case-rows.js';

describe('rows of a query', () => {
  it('have their column names in camel case', () => {
    expect(camelCaseRows([{ id: 1, due_at: 2, smtp_code_2: 3, stepKey: 4 }])).toEqual([
      { id: 1, dueAt: 2, smtpCode2: 3, stepKey: 4 },
    ]);
  });

  it('keep their values, and what is inside of JSON, as they are', () => {
    const data = { inner_key: [{ other_key: 1 }] };
    expect(camelCaseRows([{ some_data: data }])[0]?.['someData']).toBe(data);
  });

  it('are the same rows where no name has an underscore', () => {
    const rows = [{ id: 1 }, { id: 2 }];
    expect(camelCaseRows(rows)).toBe(rows);
    expect(camelCaseRows([])).toEqual([]);
  });
});
