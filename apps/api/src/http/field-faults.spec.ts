import { z } from 'zod';
import { ChangeLeadAmount, MAX_DEAL } from '#contracts';
import { fieldFault } from './field-faults.js';

/** The first fault that a schema finds. */
function faultOf(schema: z.ZodType, value: unknown) {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined) throw new Error('The schema takes it.');
  return fieldFault(issue);
}

describe('what a schema alone finds wrong', () => {
  it.each([
    ['field.missing', z.string(), undefined, {}],
    ['field.missing', z.string().min(1), '', {}],
    ['field.too-short', z.string().min(3), 'ab', { limit: 3 }],
    ['field.too-long', z.string().max(3), 'abcd', { limit: 3 }],
    ['field.too-few', z.array(z.string()).min(2), ['a'], { limit: 2 }],
    ['field.too-many', z.array(z.string()).max(1), ['a', 'b'], { limit: 1 }],
    ['field.too-low', z.number().min(1), 0, { limit: 1 }],
    ['field.too-high', z.number().int().max(7), 8, { limit: 7 }],
    ['field.choice', z.enum(['won', 'lost']), 'gone', { choice: 'won, lost' }],
    ['field.email', z.email(), 'nobody', {}],
    ['field.format', z.uuid(), 'nonsense', { format: 'uuid' }],
    ['field.date', z.iso.date(), '2026-02-30', {}],
    ['field.moment', z.iso.datetime(), 'tomorrow', {}],
    ['field.written-otherwise', z.string().regex(/^a/), 'b', {}],
    ['field.kind', z.string(), 7, {}],
    ['field.unknown', z.strictObject({}), { a: 1, b: 2 }, { keys: 'a, b' }],
  ] as const)('is told as %s, with what it names', (code, schema, value, named) => {
    const fault = faultOf(schema, value);
    expect({ named: {}, ...fault }).toMatchObject({ code, named });
    for (const one of Object.values(fault.named ?? {})) expect(fault.message).toContain(String(one));
  });

  it('says in the currency how large an amount may be', () => {
    const amount = (minorUnits: number, currency: string) =>
      faultOf(ChangeLeadAmount.shape.amount, { minorUnits, currency });
    expect(amount(MAX_DEAL + 1, 'EUR')).toEqual({
      code: 'field.amount-too-high',
      message: expect.stringMatching(/^is at most €100,000,000,000\.00\. Check the number of zeros, or/),
      named: { minorUnits: MAX_DEAL, currency: 'EUR' },
    });
    expect(amount(2 ** 60, 'JPY').message).toContain('at most ¥10,000,000,000,000.');
    expect(amount(1.5, 'EUR').message).toContain('whole number');
    expect(amount(1, 'XQX').message).toContain('no such currency');
    expect(amount(2 ** 60, 'EU').message).toContain('three letters');
  });

  it('names both types where a value is of another one', () => {
    expect(faultOf(z.object({}), 'a').message).toBe('has to be of the type object, not string');
  });

  it.each([
    [z.string().regex(/^a/, 'Begin with an a'), 'b', 'Begin with an a'],
    [z.string().refine(() => false, 'This ends before it begins.'), 'b', 'This ends before it begins.'],
    [z.union([z.string(), z.number()]), true, 'Invalid input'],
    [z.number().gt(3), 3, 'Too small: expected number to be >3'],
  ])('is left as the schema says it where that knows better, or nobody does', (schema, value, message) => {
    expect(faultOf(schema, value)).toEqual({ code: 'field.invalid', message });
  });
});
