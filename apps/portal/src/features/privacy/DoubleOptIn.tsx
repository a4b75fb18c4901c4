import { Button, Group, List, MultiSelect, Paper, Radio, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ConsentRule, StoredConsentRule } from '#contracts';
import { type InputPropsOf, useDraftForm } from '../../shared/draft-form';
import { useCan } from '../../shared/session';
import { countryCodes } from '../../shared/countries';
import { useFormat } from '../../shared/format';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { useContactCount } from '../../shared/requests';
import { saveConsentRule, useConsentRule, privacyKeys } from './api';

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

function RuleForm({ rule }: { readonly rule: StoredConsentRule }) {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: 'consent-rule',
    saved: { choice: choiceOf(rule), countries: rule.countries },
    validate: {
      countries: (chosen, { choice }) =>
        choice === 'countries' && chosen.length === 0 ? t('privacy.optIn.whichNeeded') : null,
    },
  });
  const { choice } = form.values;
  const save = useSaveRule(rule.version, forget);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="opt-in">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack>
          <Title order={2} size="h3" id="opt-in">
            {t('privacy.optIn.title')}
          </Title>
          <RuleChoice input={form.getInputProps('choice')} canEdit={canEdit} />
          {choice === 'countries' && <CountryChoice input={form.getInputProps('countries')} canEdit={canEdit} />}
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

interface RuleFieldProps {
  readonly input: ReturnType<InputPropsOf>;
  readonly canEdit: boolean;
}

/** Never, always, or for contacts of some countries. */
function RuleChoice({ input, canEdit }: RuleFieldProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t('privacy.optIn.choice')} {...input} readOnly={!canEdit}>
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
  );
}

function CountryChoice({ input, canEdit }: RuleFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <MultiSelect
      label={t('privacy.optIn.which')}
      data={countryCodes.map((code) => ({ value: code, label: format.country(code) }))}
      searchable
      hidePickedOptions
      clearable
      readOnly={!canEdit}
      {...input}
    />
  );
}

function useSaveRule(version: string, onSaved: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ choice, countries }: { readonly choice: Choice; readonly countries: readonly string[] }) =>
      saveConsentRule(version, {
        doubleOptIn: choice !== 'never',
        countries: choice === 'countries' ? countries : [],
      }),
    onSuccess: (saved) => {
      onSaved();
      client.setQueryData(privacyKeys.consentRule, saved);
      notifications.show({ color: 'teal', message: t('privacy.saved') });
    },
  });
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
