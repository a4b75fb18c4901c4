import { Group, Input, MultiSelect, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Document } from 'yaml';
import type { LeadRuleView } from '#contracts';
import { LeadRuleText } from '../../../shared/lead-rules/LeadRuleText';
import type { Choices } from './choices';
import { isOutOfOrder, LEAD_DEFAULTS, type WrittenLeads, type WrittenPatience, writeLeads } from './lead-rules';
import { NumberField } from '../../../shared/NumberField';

/** Common definition of interest: two visits within two weeks. */
const FIRST_CLICKS = { count: 2, withinDays: 14 };
const MOST = { clicks: 50, withinDays: 365, hours: 720, businessDays: 30 } as const;

interface LeadRulesProps {
  readonly leads: WrittenLeads;
  readonly choices: Choices;
  readonly onChange: (change: (document: Document) => void) => void;
}

/**
 * When clicks make a contact a lead, and what happens to a lead without
 * follow-up.
 */
export function LeadRules({ leads, choices, onChange }: LeadRulesProps) {
  const { t } = useTranslation();
  const { clicks, remind = LEAD_DEFAULTS.remind, escalate = LEAD_DEFAULTS.escalate } = leads;
  const write = (part: keyof WrittenLeads, value: unknown) => onChange((document) => writeLeads(document, part, value));
  const isLate = isOutOfOrder(remind, escalate);
  return (
    <Stack gap="md">
      <Switch
        label={t('rules.leads.byClicks')}
        description={t('rules.leads.byClicksWhy')}
        checked={clicks !== undefined}
        onChange={({ currentTarget: { checked } }) => write('clicks', checked ? FIRST_CLICKS : null)}
      />
      {clicks !== undefined && (
        <Clicks clicks={clicks} choices={choices} onWrite={(changed) => write('clicks', changed)} />
      )}
      <Group align="flex-start">
        <ReminderDelay label={t('rules.leads.remind')} patience={remind} onWrite={(time) => write('remind', time)} />
        <ReminderDelay
          label={t('rules.leads.escalate')}
          patience={escalate}
          error={isLate ? t('rules.leads.order') : null}
          onWrite={(time) => write('escalate', time)}
        />
      </Group>
      <Input.Wrapper label={t('rules.leads.inWords')} labelElement="div">
        <LeadRuleText rule={viewOf(leads)} />
      </Input.Wrapper>
      <Text size="sm" c="dimmed">
        {t('rules.leads.partners')}
      </Text>
    </Stack>
  );
}

interface ClicksProps extends Pick<LeadRulesProps, 'choices'> {
  readonly clicks: NonNullable<WrittenLeads['clicks']>;
  readonly onWrite: (clicks: WrittenLeads['clicks']) => void;
}

function Clicks({ clicks, choices, onWrite }: ClicksProps) {
  const { t } = useTranslation();
  const { count = 1, links = [], withinDays } = clicks;
  const write = (changed: Readonly<Record<string, unknown>>) => {
    const kept = Object.entries<unknown>({ ...clicks, count, ...changed }).filter(([, value]) => value !== null);
    onWrite(Object.fromEntries(kept));
  };
  return (
    <Group align="flex-start">
      <NumberField
        label={t('rules.leads.count')}
        description={t('rules.leads.countWhy')}
        min={1}
        max={MOST.clicks}
        value={count}
        onChange={(value) => typeof value === 'number' && write({ count: value })}
      />
      <NumberField
        label={t('leadRule.withinDays')}
        description={t('rules.leads.withinWhy')}
        min={1}
        max={MOST.withinDays}
        value={withinDays ?? ''}
        onChange={(value) => write({ withinDays: typeof value === 'number' ? value : null })}
      />
      <MultiSelect
        label={t('leadRule.onLinks')}
        description={t('rules.leads.linksWhy')}
        data={[...new Set([...choices.links, ...links])]}
        value={[...links]}
        clearable
        clearButtonProps={{ 'aria-label': t('rules.clear') }}
        onChange={(chosen) => write({ links: chosen.length === 0 ? null : chosen })}
      />
    </Group>
  );
}

interface PatienceProps {
  readonly label: string;
  readonly patience: WrittenPatience;
  readonly error?: string | null;
  readonly onWrite: (patience: WrittenPatience) => void;
}

function ReminderDelay({ label, patience, error = null, onWrite }: PatienceProps) {
  const { t } = useTranslation();
  const unit = patience.businessDays === undefined ? 'hours' : 'businessDays';
  const value = patience[unit] ?? 1;
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <NumberField
        label={label}
        error={error}
        min={1}
        max={MOST[unit]}
        value={value}
        inputWrapperOrder={['label', 'error', 'input']}
        onChange={(time) => typeof time === 'number' && onWrite({ [unit]: time })}
      />
      <NativeSelect
        aria-label={t('rules.leads.unit', { label })}
        value={unit}
        data={(['hours', 'businessDays'] as const).map((one) => ({ value: one, label: t(`rules.leads.${one}`) }))}
        onChange={({ currentTarget: { value: chosen } }) =>
          onWrite(chosen === 'hours' ? { hours: value * 24 } : { businessDays: Math.max(1, Math.round(value / 24)) })
        }
      />
    </Group>
  );
}

/** The rule as partners see it. */
const viewOf = ({ clicks, remind, escalate }: WrittenLeads): LeadRuleView => ({
  clicks:
    clicks === undefined
      ? null
      : {
          count: clicks.count ?? 1,
          links: clicks.links === undefined ? null : [...clicks.links],
          withinDays: clicks.withinDays ?? null,
        },
  remind: saidOf(remind ?? LEAD_DEFAULTS.remind),
  escalate: saidOf(escalate ?? LEAD_DEFAULTS.escalate),
});

const saidOf = ({ hours, businessDays }: WrittenPatience): LeadRuleView['remind'] =>
  businessDays === undefined ? { hours: hours ?? 1 } : { businessDays };
