import { type InfiniteData, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useProblemNotice } from './problem-notice';

interface Rows<Row> {
  readonly items: readonly Row[];
}

/** What was fetched under the key of a list: the whole of it, its pages, or something else, such as a count. */
type Fetched<Row> = Rows<Row> | InfiniteData<Rows<Row>> | object | undefined;

interface Asking<Input, Answer> {
  readonly ask: (input: Input) => Promise<Answer>;
  readonly onDone?: (answer: Answer, input: Input) => void;
  /** What is shown is as it was by then, and why is said. */
  readonly onFailed?: (input: Input) => void;
}

interface Change<Row, Input, Answer> extends Asking<Input, Answer> {
  /** Under which every list stands that shows the rows. */
  readonly list: QueryKey;
  /** A row as it will be once the server has agreed; another row as it is. */
  readonly shown: (row: Row, input: Input) => Row;
}

/**
 * A change that shows at once and is asked of the server meanwhile: for what hardly ever fails and harms nobody for a moment. Where it
 * fails, the rows go back to what they were, and a notice says why.
 */
export function useOptimistic<Row, Input, Answer>({ list, shown, ...asking }: Change<Row, Input, Answer>) {
  return useOptimisticData<Fetched<Row>, Input, Answer>({
    ...asking,
    under: list,
    shown: (data, input) => withRows<Row>(data, (row) => shown(row, input)),
  });
}

interface DataChange<Data, Input, Answer> extends Asking<Input, Answer> {
  /** Under which all stands that may show it. */
  readonly under: QueryKey;
  /** What was fetched, as it will be once the server has agreed. */
  readonly shown: (data: Data | undefined, input: Input) => Data | undefined;
}

/** The same for what is no list. */
export function useOptimisticData<Data, Input, Answer>(change: DataChange<Data, Input, Answer>) {
  const { under, shown, ask, onDone, onFailed } = change;
  const client = useQueryClient();
  const notifyProblem = useProblemNotice();
  return useMutation({
    mutationKey: under,
    // One after the other: what was pressed last is what stays.
    scope: { id: JSON.stringify(under) },
    mutationFn: ask,
    onMutate: async (input) => {
      // What was asked for before would come back without the change.
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
    // The last of several asks anew: an answer between them would not know of those that are still on their way.
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
