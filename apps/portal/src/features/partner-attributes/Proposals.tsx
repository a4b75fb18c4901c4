import { Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DefinitionFields } from './definition-fields';
import { type ProposalKey, PROPOSALS } from './proposals';

interface ProposalsProps {
  /** Names of attributes that exist. */
  readonly taken: readonly string[];
  readonly onChoose: (key: ProposalKey) => void;
}

/** Definitions that many programmes have, as beginnings. Those that exist by name are left out. */
export function Proposals({ taken, onChoose }: ProposalsProps) {
  const { t } = useTranslation();
  const open = PROPOSALS.filter(({ key }) => !taken.includes(t(`attributes.proposals.${key}.name`)));
  if (open.length === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('attributes.proposed')}
      </Text>
      {open.map(({ key }) => (
        <Button
          key={key}
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChoose(key)}
        >
          {t(`attributes.proposals.${key}.name`)}
        </Button>
      ))}
    </Group>
  );
}

/** The fields of a proposal in the language of the user. */
export function useProposalFields(): (key: ProposalKey) => DefinitionFields {
  const { t } = useTranslation();
  return (key) => {
    const { kind, owner } = PROPOSALS.find((one) => one.key === key) ?? PROPOSALS[0];
    const options = kind === 'certification' ? '' : t(`attributes.proposals.${key}.options`);
    return {
      name: t(`attributes.proposals.${key}.name`),
      help: t(`attributes.proposals.${key}.help`),
      kind,
      owner,
      options: options === '' ? [] : options.split(';').map((label) => ({ label: label.trim() })),
    };
  };
}
