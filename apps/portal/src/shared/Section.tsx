import { Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  /** For links to the section. */
  readonly anchor?: string;
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** A part of a settings screen: heading, explanation and content. */
export function Section({ anchor, title, text, children }: SectionProps) {
  const id = useId();
  return (
    <Paper withBorder p="lg" component="section" id={anchor} aria-labelledby={id}>
      <Stack>
        <div>
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          {text !== undefined && (
            <Text size="sm" c="dimmed" mt={4}>
              {text}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
