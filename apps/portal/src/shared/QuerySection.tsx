import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Loaded, type QueryState } from './Page';

interface QuerySectionProps<Data> {
  /** Of the heading: unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  /** Beside the heading. */
  readonly actions?: ReactNode;
  readonly query: QueryState<Data>;
  readonly height: number;
  /** Shown in place of the content; null: there is content. */
  readonly noneText: (data: Data) => string | null;
  readonly children: (data: Data) => ReactNode;
}

/** A part of a page with its heading, an explanation, and what a query answers. */
export function QuerySection<Data>({
  id,
  title,
  lead,
  actions,
  query,
  height,
  noneText,
  children,
}: QuerySectionProps<Data>) {
  return (
    <Stack component="section" aria-labelledby={id} gap="sm">
      <Group justify="space-between">
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions !== undefined && <Group gap="sm">{actions}</Group>}
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {lead}
      </Text>
      <Loaded query={query} height={height}>
        {(data) => {
          const none = noneText(data);
          return none === null ? (
            children(data)
          ) : (
            <Text size="sm" maw={760}>
              {none}
            </Text>
          );
        }}
      </Loaded>
    </Stack>
  );
}
