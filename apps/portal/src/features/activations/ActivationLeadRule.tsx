import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationLeadRule as Rule, StricterLeadRule } from '#contracts';
import { useCan } from '../../shared/session';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { effectiveRule } from '../../shared/lead-rules/lead-rule';
import { LeadRuleForm } from '../../shared/lead-rules/LeadRuleForm';
import { LeadRuleText } from '../../shared/lead-rules/LeadRuleText';
import { saveActivationLeadRule, useActivationLeadRule, activationKeys } from './api';
import { invalidate } from '../../shared/query-keys';

/**
 * Shows a partner when a contact becomes a lead.
 * The partner can make the vendor's rule stricter.
 */
export function ActivationLeadRule({ activationId }: { readonly activationId: string }) {
  const rule = useActivationLeadRule(activationId);
  return (
    <Loaded query={rule} height={160}>
      {(loaded) => <Shown activationId={activationId} rule={loaded} />}
    </Loaded>
  );
}

interface Written {
  readonly body: StricterLeadRule;
  readonly forget: () => void;
}

function Shown({ activationId, rule }: { readonly activationId: string; readonly rule: Rule }) {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const save = useMutation({
    mutationFn: ({ body }: Written) => saveActivationLeadRule(activationId, rule.version, body),
    onSuccess: async (_, { forget }) => {
      forget();
      await invalidate(client, activationKeys.leadRule(activationId));
      setEditing(false);
    },
  });
  return (
    <Stack component="section" aria-labelledby="lead-rule" gap="xs">
      <Title order={2} id="lead-rule">
        {t('leadRule.title')}
      </Title>
      <LeadRuleText rule={effectiveRule(rule)} />
      <LastChange rule={rule} />
      {editing ? (
        <LeadRuleForm
          of={activationId}
          rule={rule}
          onSave={(body, forget) => save.mutate({ body, forget })}
          onCancel={() => setEditing(false)}
          isSaving={save.isPending}
          error={save.error}
        />
      ) : (
        can('activations.control') && <EditButton onEdit={() => setEditing(true)} />
      )}
    </Stack>
  );
}

/** Who changed the rule, and when. */
function LastChange({ rule: { changedAt, changedBy } }: { readonly rule: Rule }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (changedAt === null || changedBy === null) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('leadRule.changed', { at: format.moment(changedAt), by: changedBy })}
    </Text>
  );
}

function EditButton({ onEdit }: { readonly onEdit: () => void }) {
  const { t } = useTranslation();
  return (
    <Group>
      <Button variant="default" size="xs" leftSection={<IconAdjustments size={16} aria-hidden />} onClick={onEdit}>
        {t('leadRule.change')}
      </Button>
    </Group>
  );
}
