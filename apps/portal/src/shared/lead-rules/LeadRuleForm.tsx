import { Button, Group, MultiSelect, NumberInput, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TightenLeadRule } from '#contracts';
import { useDraftForm } from '../draft-form';
import { ProblemNote } from '../ProblemNote';
import { RestoredDraftNote } from '../RestoredDraftNote';
import { escalationText, type TightenedRule, tighteningErrors, tighteningOf, valuesOf } from './lead-rule';

interface LeadRuleFormProps {
  /** Id of the activation, or of the offered version. */
  readonly of: string;
  readonly rule: TightenedRule;
  /** @param forget deletes the draft after saving. */
  readonly onSave: (tightening: TightenLeadRule, forget: () => void) => void;
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
  const { published, links } = rule;
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `lead-rule-form ${of}`,
    saved: valuesOf(rule),
    validate: (values) => tighteningErrors(t, values, rule),
  });
  return (
    <Paper withBorder p="md">
      <form noValidate onSubmit={form.onSubmit((values) => onSave(tighteningOf(values, rule), forget))}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('leadRule.how')}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: columns }}>
            {published.clicks !== null && (
              <>
                <NumberInput
                  label={t('leadRule.count')}
                  description={t('leadRule.vendorHas', { value: published.clicks.count })}
                  min={1}
                  max={50}
                  clampBehavior="strict"
                  allowDecimal={false}
                  {...form.getInputProps('count')}
                />
                <NumberInput
                  label={t('leadRule.withinDays')}
                  description={t('leadRule.vendorHas', {
                    value: published.clicks.withinDays ?? t('leadRule.unlimited'),
                  })}
                  min={1}
                  max={365}
                  clampBehavior="strict"
                  allowDecimal={false}
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
            )}
            {(['remind', 'escalate'] as const).map((level) => (
              <NumberInput
                key={level}
                label={t(`leadRule.${level}AfterHours`)}
                description={t('leadRule.vendorHas', { value: escalationText(t, published[level]) })}
                min={1}
                max={720}
                clampBehavior="strict"
                allowDecimal={false}
                {...form.getInputProps(`${level}AfterHours`)}
              />
            ))}
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
