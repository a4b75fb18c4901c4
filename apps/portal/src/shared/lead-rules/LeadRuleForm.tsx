import { Button, Group, MultiSelect, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { StricterLeadRule } from '#contracts';
import { useDraftForm } from '../draft-form';
import { ProblemNote } from '../ProblemNote';
import { RestoredDraftNote } from '../RestoredDraftNote';
import {
  escalationText,
  type LeadRuleWithStricter,
  stricterRuleErrors,
  stricterRuleOf,
  type StricterRuleValues,
  valuesOf,
} from './lead-rule';
import { NumberField } from '../NumberField';

interface LeadRuleFormProps {
  /** Id of the activation, or of the offered version. */
  readonly of: string;
  readonly rule: LeadRuleWithStricter;
  /** @param forget deletes the draft after saving. */
  readonly onSave: (stricter: StricterLeadRule, forget: () => void) => void;
  readonly onCancel: () => void;
  readonly isSaving?: boolean;
  /** Error of the last save. */
  readonly error?: Error | null;
  /** Number of columns on wide screens. */
  readonly columns?: number;
}

/**
 * Lets a partner make the vendor's lead rule stricter: more clicks, fewer
 * links, shorter times. A looser value shows an error at its field.
 */
export function LeadRuleForm({
  of,
  rule,
  onSave,
  onCancel,
  isSaving = false,
  error = null,
  columns = 2,
}: LeadRuleFormProps) {
  const { t } = useTranslation();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `lead-rule-form ${of}`,
    saved: valuesOf(rule),
    validate: (values) => stricterRuleErrors(t, values, rule),
  });
  return (
    <Paper withBorder p="md">
      <form onSubmit={form.onSubmit((values) => onSave(stricterRuleOf(values, rule), forget))}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('leadRule.how')}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: columns }}>
            <ClickFields rule={rule} form={form} />
            <EscalationFields rule={rule} form={form} />
          </SimpleGrid>
          <ProblemNote error={error} />
          <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={() => {
                discard();
                onCancel();
              }}
            >
              {t('leadRule.cancel')}
            </Button>
            <Button type="submit" loading={isSaving}>
              {t('leadRule.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

interface FieldsProps {
  readonly rule: LeadRuleWithStricter;
  readonly form: UseFormReturnType<StricterRuleValues>;
}

/** Clicks, time and links. Nothing if clicks do not make a lead. */
function ClickFields({ rule: { published, links }, form }: FieldsProps) {
  const { t } = useTranslation();
  if (published.clicks === null) return null;
  return (
    <>
      <NumberField
        label={t('leadRule.count')}
        description={t('leadRule.vendorHas', { value: published.clicks.count })}
        min={1}
        max={50}
        {...form.getInputProps('count')}
      />
      <NumberField
        label={t('leadRule.withinDays')}
        description={t('leadRule.vendorHas', {
          value: published.clicks.withinDays ?? t('leadRule.unlimited'),
        })}
        min={1}
        max={365}
        {...form.getInputProps('withinDays')}
      />
      <MultiSelect
        label={t('leadRule.onLinks')}
        description={t('leadRule.onLinksHow')}
        data={published.clicks.links ?? links}
        clearable
        clearButtonProps={{ 'aria-label': t('leadRule.clearLinks') }}
        {...form.getInputProps('links')}
      />
    </>
  );
}

/** Hours until a reminder, and until escalation. */
function EscalationFields({ rule: { published }, form }: FieldsProps) {
  const { t } = useTranslation();
  return (['remind', 'escalate'] as const).map((level) => (
    <NumberField
      key={level}
      label={t(`leadRule.${level}AfterHours`)}
      description={t('leadRule.vendorHas', { value: escalationText(t, published[level]) })}
      min={1}
      max={720}
      {...form.getInputProps(`${level}AfterHours`)}
    />
  ));
}
