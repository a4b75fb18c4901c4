import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationLeadRule as Rule, LeadRuleView } from '#contracts';
import { useMay } from '../../app/session';
import { get } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { LeadRuleForm } from './LeadRuleForm';
import { LeadRuleText } from './LeadRuleText';

/** Who counts as a lead in an activation; the partner may ask for more than the vendor does. */
export function ActivationLeadRule({ activationId }: { readonly activationId: string }) {
  const rule = useQuery({
    queryKey: ['activation', activationId, 'lead-rule'],
    queryFn: get<Rule>(`/activations/${encodeURIComponent(activationId)}/lead-rule`),
  });
  return (
    <Loaded query={rule} height={160}>
      {(loaded) => <Shown activationId={activationId} rule={loaded} />}
    </Loaded>
  );
}

function Shown({ activationId, rule }: { readonly activationId: string; readonly rule: Rule }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  return (
    <Stack component="section" aria-labelledby="lead-rule" gap="xs">
      <Title order={2} id="lead-rule">
        {t('leadRule.title')}
      </Title>
      <LeadRuleText rule={inForce(rule)} />
      {rule.changedAt !== null && rule.changedBy !== null && (
        <Text size="sm" c="dimmed">
          {t('leadRule.changed', { at: format.moment(rule.changedAt), by: rule.changedBy })}
        </Text>
      )}
      {editing ? (
        <LeadRuleForm activationId={activationId} rule={rule} onDone={() => setEditing(false)} />
      ) : (
        may('activations.control') && (
          <Group>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconAdjustments size={16} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('leadRule.change')}
            </Button>
          </Group>
        )
      )}
    </Stack>
  );
}

/** The partner's own where there is one; of business days and own hours, the hours are what was chosen. */
function inForce({ published, tightening }: Rule): LeadRuleView {
  const { clicks, remindAfterHours: remind, escalateAfterHours: escalate } = tightening;
  return {
    clicks: published.clicks === null ? null : (clicks ?? published.clicks),
    remind: remind === null ? published.remind : { hours: remind },
    escalate: escalate === null ? published.escalate : { hours: escalate },
  };
}
