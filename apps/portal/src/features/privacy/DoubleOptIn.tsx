import { Button, Group, List, MultiSelect, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConsentRule } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useCan } from '../../shared/session';
import { countryCodes } from '../../shared/countries';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { useContactCount } from '../../shared/requests';
import { saveConsentRule, useConsentRule } from './api';

const KEY = ['consent-rule'];
const CHOICES = ['never', 'everywhere', 'countries'] as const;
type Choice = (typeof CHOICES)[number];

const choiceOf = ({ doubleOptIn, countries }: ConsentRule): Choice =>
  doubleOptIn ? (countries.length === 0 ? 'everywhere' : 'countries') : 'never';

/**
 * Lets a partner choose whether consent on a landing page needs a confirmation
 * by e-mail.
 */
export function DoubleOptIn() {
  const rule = useConsentRule();
  return (
    <Loaded query={rule} height={420}>
      {(loaded) => <RuleForm rule={loaded} key={JSON.stringify(loaded)} />}
    </Loaded>
  );
}

function RuleForm({ rule }: { readonly rule: ConsentRule }) {
  const { t } = useTranslation();
  const format = useFormat();
  const canEdit = useCan()('contacts.edit');
  const client = useQueryClient();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: 'consent-rule',
    saved: { choice: choiceOf(rule), countries: rule.countries },
    validate: {
      countries: (chosen, { choice }) =>
        choice === 'countries' && chosen.length === 0 ? t('privacy.optIn.whichNeeded') : null,
    },
  });
  const { choice } = form.values;
  const save = useMutation({
    mutationFn: ({ choice: when, countries }: typeof form.values) =>
      saveConsentRule({ doubleOptIn: when !== 'never', countries: when === 'countries' ? countries : [] }),
    onSuccess: (saved) => {
      forget();
      client.setQueryData(KEY, saved);
      notifications.show({ color: 'teal', message: t('privacy.saved') });
    },
  });
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="opt-in">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Title order={2} size="h3" id="opt-in">
            {t('privacy.optIn.title')}
          </Title>
          <Radio.Group label={t('privacy.optIn.choice')} {...form.getInputProps('choice')} readOnly={!canEdit}>
            <Stack gap="sm" mt="xs">
              {CHOICES.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`privacy.optIn.${one}`)}
                  description={t(`privacy.optIn.${one}Text`)}
                  disabled={!canEdit}
                />
              ))}
            </Stack>
          </Radio.Group>
          {choice === 'countries' && (
            <MultiSelect
              label={t('privacy.optIn.which')}
              data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
              searchable
              hidePickedOptions
              clearable
              readOnly={!canEdit}
              {...form.getInputProps('countries')}
            />
          )}
          <Follows isAsked={choice !== 'never'} />
          <ProblemNote error={save.error} />
          {canEdit && <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />}
          {canEdit && (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
                {t('privacy.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}

/** Effect of the choice on future consents, and on pending ones. */
function Follows({ isAsked }: { readonly isAsked: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = useContactCount('consent=pending');
  const count = asked.data?.count ?? 0;
  return (
    <Stack gap="xs" aria-live="polite">
      <Text fw={600} size="sm">
        {t('privacy.optIn.follows')}
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>{t('privacy.optIn.keeps')}</List.Item>
        {isAsked && <List.Item>{t('privacy.optIn.waits')}</List.Item>}
        {isAsked && <List.Item>{t('privacy.optIn.once')}</List.Item>}
        <List.Item>{t('privacy.optIn.known')}</List.Item>
        {!isAsked && <List.Item>{t('privacy.optIn.vendor')}</List.Item>}
        {count > 0 && <List.Item>{t('privacy.optIn.asked', { count, number: format.number(count) })}</List.Item>}
      </List>
    </Stack>
  );
}
