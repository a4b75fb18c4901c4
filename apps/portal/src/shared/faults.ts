import { ApiProblem } from './api';
import { useRefusal } from './refusal';
import { useSentence } from './sentence';

/**
 * What is wrong with which field of a form, in the interface's language where it has the words.
 * @param error of the request that sent the form. @returns the first sentence about each field, by the field's name; none where the
 * refusal names no field.
 */
export function useFaults(error: unknown): Readonly<Record<string, string>> {
  const sentence = useSentence();
  const refusal = useRefusal();
  if (!(error instanceof ApiProblem)) return {};
  const { field, problems = [] } = error.problem;
  const entries = problems.flatMap((entry) =>
    entry.field === undefined
      ? []
      : [
          [
            entry.field,
            sentence(
              'values',
              entry.code,
              entry.wayOut === undefined ? entry.message : `${entry.message} ${entry.wayOut}`,
              { what: entry.field, ...entry.named },
            ),
          ] as const,
        ],
  );
  if (field !== undefined) entries.push([field, refusal(error.problem)]);
  return Object.fromEntries(entries.reverse());
}
