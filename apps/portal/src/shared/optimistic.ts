import { type InfiniteData, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useProblemNotice } from './problem-notice';

interface Rows<Row> {
  readonly items: readonly Row[];
}

/**
 * Cached data below a list's key: the whole list, its pages, or other data such
 * as a count.
 */
type Fetched<Row> = Rows<Row> | InfiniteData<Rows<Row>> | object | undefined;

interface Asking<Input, Answer> {
  readonly ask: (input: Input) => Promise<Answer>;
  readonly onDone?: (answer: Answer, input: Input) => void;
  /** Called after the old data has been restored. */
  readonly onFailed?: (input: Input) => void;
}

interface Change<Row, Input, Answer> extends Asking<Input, Answer> {
  /** Key prefix of all lists that show the rows. */
  readonly list: QueryKey;
  /** The row after the change; other rows unchanged. */
  readonly shown: (row: Row, input: Input) => Row;
}

/**
 * An optimistic change of a row, for changes that rarely fail and do no harm
 * meanwhile. On an error the old rows return, and a notification shows the
 * error.
 */
export function useOptimistic<Row, Input, Answer>({ list, shown, ...asking }: Change<Row, Input, Answer>) {
  return useOptimisticData<Fetched<Row>, Input, Answer>({
    ...asking,
    under: list,
    shown: (data, input) => withRows<Row>(data, (row) => shown(row, input)),
  });
}

interface DataChange<Data, Input, Answer> extends Asking<Input, Answer> {
  /** Key prefix of all data that may show the change. */
  readonly under: QueryKey;
  /** The data after the change. */
  readonly shown: (data: Data | undefined, input: Input) => Data | undefined;
}

/** The same for data that is not a list. */
export function useOptimisticData<Data, Input, Answer>(change: DataChange<Data, Input, Answer>) {
  const { under, shown, ask, onDone, onFailed } = change;
  const client = useQueryClient();
  const notifyProblem = useProblemNotice();
  return useMutation({
    mutationKey: under,
    // One request at a time, so that the last click wins.
    scope: { id: JSON.stringify(under) },
    mutationFn: ask,
    onMutate: async (input) => {
      // A response in flight would not contain the change.
      await client.cancelQueries({ queryKey: under });
      const before = client.getQueriesData<Data>({ queryKey: under });
      client.setQueriesData<Data>({ queryKey: under }, (data) => shown(data, input));
      return { before };
    },
    onSuccess: (answer, input) => onDone?.(answer, input),
    onError: (error, input, kept) => {
      for (const [key, data] of kept?.before ?? []) client.setQueryData(key, data);
      notifyProblem(error);
      onFailed?.(input);
    },
    // Only the last request refetches.
    // A response in between would lack the changes still in flight.
    onSettled: () =>
      client.isMutating({ mutationKey: under }) === 1 ? client.invalidateQueries({ queryKey: under }) : undefined,
  });
}

function withRows<Row>(data: Fetched<Row>, change: (row: Row) => Row): Fetched<Row> {
  if (data === undefined) return data;
  if ('pages' in data)
    return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
  return 'items' in data ? { ...data, items: data.items.map(change) } : data;
}
