import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferDetail, StricterLeadRule } from '#contracts';
import { useCan } from '../../shared/session';
import { effectiveRule, NOT_STRICTER } from '../../shared/lead-rules/lead-rule';
import { LeadRuleForm } from '../../shared/lead-rules/LeadRuleForm';
import { LeadRuleText } from '../../shared/lead-rules/LeadRuleText';

interface OfferLeadRuleProps {
  readonly offer: OfferDetail;
  readonly stricter: StricterLeadRule;
  readonly onStricter: (stricter: StricterLeadRule) => void;
}

/**
 * Shows a partner before the launch when a contact becomes a lead, and who is
 * notified without follow-up. The partner can make the rule stricter.
 */
export function OfferLeadRule({ offer, stricter, onStricter }: OfferLeadRuleProps) {
  const { t } = useTranslation();
  const can = useCan();
  const [editing, setEditing] = useState(false);
  const rule = { published: offer.leads.rule, links: offer.leads.links, stricter };
  const isOwn = stricter.clicks !== null || [stricter.remindAfterHours, stricter.escalateAfterHours].some(Boolean);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="lead-rule">
      <Stack gap="sm">
        <Title order={2} size="h3" id="lead-rule">
          {t('leadRule.title')}
        </Title>
        <div aria-live="polite">
          <LeadRuleText rule={effectiveRule(rule)} />
        </div>
        {isOwn && (
          <Text size="sm" c="dimmed">
            {t('leadRule.own')}
          </Text>
        )}
        {editing ? (
          <LeadRuleForm
            of={offer.versionId}
            rule={rule}
            columns={1}
            onSave={(chosen, forget) => {
              forget();
              onStricter(chosen);
              setEditing(false);
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          can('activations.launch') && (
            <RuleButtons isOwn={isOwn} onEdit={() => setEditing(true)} onReset={() => onStricter(NOT_STRICTER)} />
          )
        )}
      </Stack>
    </Paper>
  );
}

interface RuleButtonsProps {
  /** The partner has a stricter rule. */
  readonly isOwn: boolean;
  readonly onEdit: () => void;
  readonly onReset: () => void;
}

function RuleButtons({ isOwn, onEdit, onReset }: RuleButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button variant="default" size="xs" leftSection={<IconAdjustments size={16} aria-hidden />} onClick={onEdit}>
        {t('leadRule.change')}
      </Button>
      {isOwn && (
        <Button variant="subtle" size="xs" onClick={onReset}>
          {t('leadRule.asVendor')}
        </Button>
      )}
    </Group>
  );
}
