import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './ProblemNote';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Full width, for content side by side. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Layout of every screen: heading, introduction and actions. */
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

/** A query of TanStack Query, or a paginated list. */
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
 * Shows a placeholder, an error with retry, or the data. A failed refetch shows
 * a note above the old data, so that outdated numbers are not taken for current
 * ones.
 */
export function Loaded<T>({ query, height = 220, children }: LoadedProps<T>) {
  // The structure is constant.
  // Otherwise the data would remount when the note appears.
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

/** Retry of a failed query. */
export const retryOf = ({ refetch, isFetching }: Pick<QueryState<unknown>, 'refetch' | 'isFetching'>) => ({
  ask: refetch,
  isAsking: isFetching,
});
