import { type InfiniteData, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useProblemNotice } from './problem-notice';

interface Rows<Row> {
  readonly items: readonly Row[];
}

/** What was fetched under the key of a list: the whole of it, its pages, or something else, such as a count. */
type Fetched<Row> = Rows<Row> | InfiniteData<Rows<Row>> | object | undefined;

interface Change<Row, Input, Answer> {
  /** Under which every list stands that shows the rows. */
  readonly list: QueryKey;
  /** A row as it will be once the server has agreed; another row as it is. */
  readonly shown: (row: Row, input: Input) => Row;
  readonly ask: (input: Input) => Promise<Answer>;
  readonly onDone?: (answer: Answer, input: Input) => void;
  /** The rows are as they were by then, and why is said. */
  readonly onFailed?: (input: Input) => void;
}

/**
 * A change that shows at once and is asked of the server meanwhile: for what hardly ever fails and harms nobody for a moment. Where it
 * fails, the rows go back to what they were, and a notice says why.
 */
export function useOptimistic<Row, Input, Answer>({ list, shown, ask, onDone, onFailed }: Change<Row, Input, Answer>) {
  const client = useQueryClient();
  const tell = useProblemNotice();
  return useMutation({
    mutationKey: list,
    // One after the other: what was pressed last is what stays.
    scope: { id: JSON.stringify(list) },
    mutationFn: ask,
    onMutate: async (input) => {
      // What was asked for before would come back without the change.
      await client.cancelQueries({ queryKey: list });
      const before = client.getQueriesData<Fetched<Row>>({ queryKey: list });
      client.setQueriesData<Fetched<Row>>({ queryKey: list }, (data) =>
        withRows<Row>(data, (row) => shown(row, input)),
      );
      return { before };
    },
    onSuccess: (answer, input) => onDone?.(answer, input),
    onError: (error, input, kept) => {
      for (const [key, data] of kept?.before ?? []) client.setQueryData(key, data);
      tell(error);
      onFailed?.(input);
    },
    // The last of several asks anew: an answer between them would not know of those that are still on their way.
    onSettled: () =>
      client.isMutating({ mutationKey: list }) === 1 ? client.invalidateQueries({ queryKey: list }) : undefined,
  });
}

function withRows<Row>(data: Fetched<Row>, change: (row: Row) => Row): Fetched<Row> {
  if (data === undefined) return data;
  if ('pages' in data)
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
  return 'items' in data ? { ...data, items: data.items.map(change) } : data;
}
