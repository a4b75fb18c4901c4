import { Badge, Box, Card, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyOnView } from '../../../shared/LazyOnView';

const HEIGHT = { large: 320, small: 210 } as const;

interface StartCardProps {
  readonly title: string;
  readonly summary: string;
  /** Of title and summary, if it is not that of the portal. */
  readonly language?: string | undefined;
  readonly facts: readonly string[];
  /** @param height in CSS pixels. */
  readonly picture: (height: number) => ReactNode;
  readonly isSmall?: boolean;
  readonly onUse: () => void;
}

/** What a campaign can begin with, as a picture. The whole card is its button. */
export function StartCard({ title, summary, language, facts, picture, isSmall = false, onUse }: StartCardProps) {
  const { t } = useTranslation();
  const height = isSmall ? HEIGHT.small : HEIGHT.large;
  return (
    <Card withBorder padding={isSmall ? 'xs' : 'md'} className="offer-card" pos="relative">
      <Card.Section withBorder>
        <LazyOnView height={height}>{picture(height)}</LazyOnView>
      </Card.Section>
      <Stack gap={4} mt="xs" style={{ flexGrow: 1 }}>
        <UnstyledButton
          onClick={onUse}
          aria-label={t('gallery.beginWith', { title })}
          fw={600}
          fz={isSmall ? 'sm' : 'md'}
          lang={language}
        >
          {title}
          {/* The area of the card, so that its picture can be pressed too. */}
          <Box component="span" pos="absolute" inset={0} aria-hidden />
        </UnstyledButton>
        <Text size={isSmall ? 'xs' : 'sm'} c="dimmed" lineClamp={isSmall ? 2 : 3} lang={language}>
          {summary}
        </Text>
        {facts.length > 0 && (
          <Group gap={6} mt="auto" pt={6}>
            {facts.map((fact) => (
              <Badge key={fact} variant="default" tt="none" fw={500}>
                {fact}
              </Badge>
            ))}
          </Group>
        )}
      </Stack>
    </Card>
  );
}
