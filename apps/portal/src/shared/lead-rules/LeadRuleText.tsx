import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LeadRuleView } from '#contracts';
import { clicksText, escalationText } from './lead-rule';

/** When a contact becomes a lead, and what happens without follow-up. */
export function LeadRuleText({ rule: { clicks, remind, escalate } }: { readonly rule: LeadRuleView }) {
  const { t } = useTranslation();
  return (
    <List size="sm" spacing={4}>
      <List.Item>{t('leadRule.form')}</List.Item>
      <List.Item>{clicks === null ? t('leadRule.noClicks') : clicksText(t, clicks)}</List.Item>
      <List.Item>{t('leadRule.remind', { time: escalationText(t, remind) })}</List.Item>
      <List.Item>{t('leadRule.escalate', { time: escalationText(t, escalate) })}</List.Item>
      <List.Item>{t('leadRule.takenUp')}</List.Item>
    </List>
  );
}
