import { Button, Group, MultiSelect, NumberInput, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ActivationLeadRule, TightenLeadRule } from '#contracts';
import { ApiProblem, call } from '../../shared/api';
import { ProblemNote } from '../../shared/ProblemNote';
import { patienceInWords } from './lead-rule';

interface LeadRuleFormProps {
  readonly activationId: string;
  readonly rule: ActivationLeadRule;
  readonly onDone: () => void;
}

/** Empty: as the vendor has it. */
interface Values {
  count: number | '';
  links: string[];
  withinDays: number | '';
  remindAfterHours: number | '';
  escalateAfterHours: number | '';
}

const given = (value: number | ''): number | null => (value === '' ? null : value);

/** Asks for more than the vendor does: more clicks, fewer links, a shorter time. The API refuses what would be less. */
export function LeadRuleForm({ activationId, rule, onDone }: LeadRuleFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { published, links } = rule;
  const form = useForm<Values>({ initialValues: valuesOf(rule) });
  const path = `/activations/${encodeURIComponent(activationId)}/lead-rule`;
  const save = useMutation({
    mutationFn: (values: Values) => call('PUT', path, { body: tighteningOf(values, rule) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['activation', activationId, 'lead-rule'] });
      onDone();
    },
  });
  const problems = save.error instanceof ApiProblem ? save.error.byField() : {};
  const field = (name: keyof Values, path: string = name) => ({ ...form.getInputProps(name), error: problems[path] });
  return (
    <Paper withBorder p="md">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('leadRule.how')}
          </Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {published.clicks !== null && (
              <>
                <NumberInput
                  label={t('leadRule.count')}
                  description={t('leadRule.vendorHas', { value: published.clicks.count })}
                  min={published.clicks.count}
                  max={50}
                  allowDecimal={false}
                  {...field('count', 'clicks.count')}
                />
                <NumberInput
                  label={t('leadRule.withinDays')}
                  description={t('leadRule.vendorHas', {
                    value: published.clicks.withinDays ?? t('leadRule.unlimited'),
                  })}
                  min={1}
                  max={published.clicks.withinDays ?? 365}
                  allowDecimal={false}
                  {...field('withinDays', 'clicks.withinDays')}
                />
                <MultiSelect
                  label={t('leadRule.onLinks')}
                  description={t('leadRule.onLinksHow')}
                  data={published.clicks.links ?? links}
                  clearable
                  {...field('links', 'clicks.links')}
                />
              </>
            )}
            {(['remind', 'escalate'] as const).map((level) => (
              <NumberInput
                key={level}
                label={t(`leadRule.${level}AfterHours`)}
                description={t('leadRule.vendorHas', { value: patienceInWords(t, published[level]) })}
                min={1}
                max={720}
                allowDecimal={false}
                {...field(`${level}AfterHours`)}
              />
            ))}
          </SimpleGrid>
          <ProblemNote error={save.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onDone}>
              {t('leadRule.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('leadRule.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

function valuesOf({ tightening: { clicks, remindAfterHours, escalateAfterHours } }: ActivationLeadRule): Values {
  return {
    count: clicks?.count ?? '',
    links: clicks?.links ?? [],
    withinDays: clicks?.withinDays ?? '',
    remindAfterHours: remindAfterHours ?? '',
    escalateAfterHours: escalateAfterHours ?? '',
  };
}

/** What is left empty in a rule that changes something else is taken from the vendor's. */
function tighteningOf(values: Values, { published: { clicks } }: ActivationLeadRule): TightenLeadRule {
  const isOwn = values.count !== '' || values.withinDays !== '' || values.links.length > 0;
  return {
    clicks:
      clicks === null || !isOwn
        ? null
        : {
            count: given(values.count) ?? clicks.count,
            links: values.links.length > 0 ? values.links : clicks.links,
            withinDays: given(values.withinDays) ?? clicks.withinDays,
          },
    remindAfterHours: given(values.remindAfterHours),
    escalateAfterHours: given(values.escalateAfterHours),
  };
}
