import { Group, List, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TierRequirement } from '#contracts';
import { useRequirementText } from './requirement-text';

interface RequirementListProps {
  readonly requirements: readonly TierRequirement[];
  /** Only what is missing. */
  readonly isMissingOnly?: boolean;
}

/** What a tier needs, and what was measured of it. */
export function RequirementList({ requirements, isMissingOnly = false }: RequirementListProps) {
  const { t } = useTranslation();
  const textOf = useRequirementText();
  const shown = requirements.filter(({ isMet }) => !isMissingOnly || !isMet);
  if (shown.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(requirements.length === 0 ? 'tiers.needsNothing' : 'tiers.nothingMissing')}
      </Text>
    );
  return (
    <List size="sm" listStyleType="none" spacing={4}>
      {shown.map((requirement) => (
        <List.Item key={textOf(requirement)}>
          <Group gap={8} wrap="nowrap" align="flex-start">
            <ThemeIcon size={18} radius="xl" variant="light" color={requirement.isMet ? 'teal' : 'orange'} mt={1}>
              {requirement.isMet ? <IconCheck size={12} aria-hidden /> : <IconX size={12} aria-hidden />}
            </ThemeIcon>
            <span>
              <VisuallyHidden>{t(requirement.isMet ? 'tiers.met' : 'tiers.notMet')}</VisuallyHidden>
              {textOf(requirement)}
            </span>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
