import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './ProblemNote';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Takes all the room there is: for work side by side. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of every screen: one heading, one line about it, its actions. */
export function Page({ title, lead, actions, wide = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Throughline`;
  }, [title]);
  return (
    <Stack gap="xl" {...(wide ? {} : { maw: 1180 })} mx="auto" w="100%">
      <Group justify="space-between" align="flex-end" gap="md">
        <Stack gap={4} maw={720}>
          <Title order={1}>{title}</Title>
          {lead !== undefined && <Text c="dimmed">{lead}</Text>}
        </Stack>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

/** What is asked of the API: a query of TanStack Query, or a list by pages. */
export interface QueryState<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
  readonly isFetching: boolean;
}

interface LoadedProps<T> {
  readonly query: QueryState<T>;
  readonly height?: number;
  readonly children: (data: T) => ReactNode;
}

/**
 * Holds the place of what is on its way, says why it did not come and asks again, or shows it; with a note where it could not be asked
 * for anew, so that numbers that stand still are not taken for a campaign that does.
 */
export function Loaded<T>({ query, height = 220, children }: LoadedProps<T>) {
  // Always of the same shape: what is shown must not begin anew because a note comes and goes.
  if (query.data !== undefined)
    return (
      <>
        {query.error !== null && <RefreshFailedNote query={query} />}
        {children(query.data)}
      </>
    );
  if (query.error !== null) return <ProblemNote error={query.error} again={retryOf(query)} />;
  return <Skeleton height={height} radius="lg" aria-busy />;
}

function RefreshFailedNote({ query }: { readonly query: QueryState<unknown> }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" role="status" py="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('common.notRefreshed')}</Text>
        <Button size="compact-sm" variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
          {t('common.again')}
        </Button>
      </Group>
    </Alert>
  );
}

/** The way out of a question that got no answer. */
export const retryOf = ({ refetch, isFetching }: Pick<QueryState<unknown>, 'refetch' | 'isFetching'>) => ({
  ask: refetch,
  isAsking: isFetching,
});
