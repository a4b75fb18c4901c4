import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KitDesign } from './api';

/** A part of the design, with its change. */
export interface KitPartProps {
  readonly design: KitDesign;
  readonly isLocked: boolean;
  readonly onDesign: (change: Partial<KitDesign>) => void;
}

interface PartProps {
  readonly title: string;
  readonly why: string;
  readonly children: ReactNode;
}

/** Heading and help of a part of the design. */
export function KitPart({ title, why, children }: PartProps) {
  return (
    <Stack gap="xs">
      <div>
        <Title order={3} size="h5">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {why}
        </Text>
      </div>
      {children}
    </Stack>
  );
}
