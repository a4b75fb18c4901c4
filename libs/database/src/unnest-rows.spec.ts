import { unnestRows } from './unnest-rows.js';

interface Step {
  readonly id: string;
  readonly stepKey: string;
  readonly round: number;
  readonly dueAt?: Date | null;
}

const STEPS: readonly Step[] = [
  { id: 'a', stepKey: 'first', round: 1, dueAt: new Date(0) },
  { id: 'b', stepKey: 'second', round: 2 },
];

describe('unnestRows', () => {
  it('makes one array parameter per column, named in snake case', () => {
    expect(unnestRows(STEPS, { id: 'uuid', stepKey: 'text' })).toEqual({
      from: 'unnest($1::uuid[], $2::text[]) AS given (id, step_key)',
      parameters: [
        ['a', 'b'],
        ['first', 'second'],
      ],
    });
  });

  it('numbers the columns after the leading parameters', () => {
    expect(unnestRows(STEPS, { round: 'int' }, ['partner', null])).toEqual({
      from: 'unnest($3::int[]) AS given (round)',
      parameters: ['partner', null, [1, 2]],
    });
  });

  it('calculates a column from the row and its index', () => {
    const { from, parameters } = unnestRows(STEPS, {
      position: ['int', (_, index) => index + 1],
      label: ['text', ({ stepKey, round }) => `${stepKey} ${round}`],
    });
    expect(from).toBe('unnest($1::int[], $2::text[]) AS given (position, label)');
    expect(parameters).toEqual([
      [1, 2],
      ['first 1', 'second 2'],
    ]);
  });

  it('writes an undefined value as null, and JSON as text', () => {
    expect(unnestRows(STEPS, { dueAt: 'timestamptz', list: ['jsonb', ({ round }) => [round]] }).parameters).toEqual([
      [new Date(0), null],
      ['[1]', '[2]'],
    ]);
  });

  it('refuses names and types that the row does not have', () => {
    // @ts-expect-error There is no property `step`.
    unnestRows(STEPS, { step: 'text' });
    // @ts-expect-error A number is not a text.
    unnestRows(STEPS, { round: 'text' });
    // @ts-expect-error The function returns a text, not a time.
    unnestRows(STEPS, { at: ['timestamptz', ({ id }) => id] });
    expect.assertions(0);
  });
});
