import type { z } from 'zod';
import type { RecipientQuestions, RecipientTraits } from '#contracts';
import { type ConditionField, WHEN_FIELDS } from '#rendering';

type Traits = z.output<typeof RecipientTraits>;

/** The recipient's fields among the parameters of a request. */
export const traitsOf = (query: Traits): Record<string, string> =>
  Object.fromEntries(WHEN_FIELDS.flatMap((field) => (query[field] === undefined ? [] : [[field, query[field]]])));

export const questionsView = (asks: readonly ConditionField[]): z.output<typeof RecipientQuestions> =>
  asks.map(({ field, values }) => ({ field, values: [...values] }));
