import { ActionIcon, Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GroupCondition, PartnerAttributeView } from '#contracts';
import { conditionsAbout, newCondition } from './condition';
import { ConditionValues } from './ConditionValues';

const MAX_CONDITIONS = 20;

interface ConditionsProps {
  readonly attributes: readonly PartnerAttributeView[];
  /** Null: all of them, and the user cannot choose. */
  readonly match: 'all' | 'any' | null;
  readonly conditions: readonly GroupCondition[];
  readonly onMatch?: (match: 'all' | 'any') => void;
  readonly onChange: (conditions: GroupCondition[]) => void;
}

/** Conditions of a rule about attributes. Without attributes it says where to define them. */
export function Conditions({ attributes, match, conditions, onMatch, onChange }: ConditionsProps) {
  const { t } = useTranslation();
  const [first] = attributes;
  if (first === undefined)
    return (
      <Text size="sm" c="dimmed">
        {t('groups.noAttributes')}
      </Text>
    );
  return (
    <Stack component="fieldset" gap="sm" m={0} p={0} style={{ border: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={500}>
        {t('groups.conditions')}
      </Text>
      {conditions.length > 1 && match !== null && (
        <NativeSelect
          aria-label={t('groups.match.label')}
          value={match}
          data={(['all', 'any'] as const).map((value) => ({ value, label: t(`groups.match.${value}`) }))}
          onChange={({ currentTarget: { value } }) => onMatch?.(value === 'any' ? 'any' : 'all')}
        />
      )}
      {conditions.map((condition, at) => (
        <ConditionForm
          // Conditions have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          attributes={attributes}
          condition={condition}
          onChange={(changed) => onChange(conditions.with(at, changed))}
          onRemove={() => onChange(conditions.toSpliced(at, 1))}
        />
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={conditions.length >= MAX_CONDITIONS}
          onClick={() => onChange([...conditions, newCondition(first)])}
        >
          {t('groups.addCondition')}
        </Button>
      </Group>
    </Stack>
  );
}

interface ConditionFormProps {
  readonly attributes: readonly PartnerAttributeView[];
  readonly condition: GroupCondition;
  readonly onChange: (condition: GroupCondition) => void;
  readonly onRemove: () => void;
}

function ConditionForm({ attributes, condition, onChange, onRemove }: ConditionFormProps) {
  const { t } = useTranslation();
  const attribute = attributes.find(({ id }) => id === condition.attributeId);
  const questions = attribute === undefined ? [condition.on] : conditionsAbout(attribute.kind);
  // One question and its opposite in one list, as a reader would say them.
  const asked = questions.flatMap((on) => [`${on} yes`, `${on} no`] as const);
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group gap="xs" align="flex-end">
          <NativeSelect
            style={{ flex: '1 1 10rem' }}
            label={t('groups.attribute')}
            value={condition.attributeId}
            data={attributes.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={({ currentTarget: { value } }) => {
              const chosen = attributes.find(({ id }) => id === value);
              if (chosen !== undefined) onChange(newCondition(chosen));
            }}
          />
          <NativeSelect
            style={{ flex: '1 1 10rem' }}
            label={t('groups.question')}
            value={`${condition.on} ${condition.not ? 'no' : 'yes'}`}
            data={asked.map((value) => ({ value, label: t(`groups.asked.${value}`) }))}
            onChange={({ currentTarget: { value } }) => {
              const [on, answer] = value.split(' ') as [GroupCondition['on'], string];
              const kept = on === condition.on || attribute === undefined ? condition : newCondition(attribute, on);
              onChange({ ...kept, not: answer === 'no' });
            }}
          />
          <ActionIcon variant="default" size="input-sm" aria-label={t('groups.removeCondition')} onClick={onRemove}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
        {attribute !== undefined && <ConditionValues attribute={attribute} condition={condition} onChange={onChange} />}
      </Stack>
    </Paper>
  );
}
