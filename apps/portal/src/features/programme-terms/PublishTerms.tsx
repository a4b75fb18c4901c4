import { Group, SimpleGrid, Stack, Switch, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProgrammeTermsView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { DatePickerInput } from '../../shared/dates';
import { useDraftForm } from '../../shared/draft-form';
import { useFormat } from '../../shared/format';
import { LANGUAGES } from '../../shared/i18n';
import { invalidate } from '../../shared/query-keys';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { Section } from '../../shared/Section';
import { useSession } from '../../shared/session';
import { publishProgrammeTerms, termsKeys } from './api';

// A type alias: an interface is no record of fields.
// oxlint-disable-next-line typescript/consistent-type-definitions
type Fields = {
  readonly texts: Record<string, string>;
  readonly effectiveOn: string | null;
  readonly acceptBy: string | null;
  readonly isRequired: boolean;
};

/** The form of the next version. It begins with the texts of the newest one. */
export function PublishTerms({ terms: { items } }: { readonly terms: ProgrammeTermsView }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [newest] = items;
  const number = (newest?.number ?? 0) + 1;
  const languages = useLanguages(newest?.texts ?? {});
  const { form, isUnsaved, forget, discard } = useDraftForm<Fields>({
    about: `programme terms ${number}`,
    saved: {
      texts: Object.fromEntries(languages.map((language) => [language, newest?.texts[language] ?? ''])),
      effectiveOn: null,
      acceptBy: null,
      isRequired: newest?.isRequired ?? false,
    },
  });
  const { texts, effectiveOn, acceptBy, isRequired } = form.values;
  const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
  const publish = async (): Promise<void> => {
    await publishProgrammeTerms({ number, texts: written, effectiveOn, acceptBy, isRequired });
    forget();
    notifications.show({ color: 'teal', message: t('programmeTerms.published', { number }) });
    await invalidate(client, termsKeys.versions, termsKeys.partners);
  };
  const isComplete = Object.keys(written).length > 0 && effectiveOn !== null && acceptBy !== null;
  return (
    <Section title={t('programmeTerms.next', { number })} text={t('programmeTerms.nextWhy')}>
      <Stack>
        <Texts form={form} languages={languages} />
        <Days form={form} />
        <Switch
          label={t('programmeTerms.isRequired')}
          description={t('programmeTerms.isRequiredWhy')}
          {...form.getInputProps('isRequired', { type: 'checkbox' })}
        />
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Group>
          <Confirm
            label={t('programmeTerms.publish', { number })}
            question={t('programmeTerms.publishQuestion', { number })}
            danger={false}
            disabled={!isComplete}
            onConfirm={publish}
          >
            {t('programmeTerms.publishText')}
          </Confirm>
        </Group>
      </Stack>
    </Section>
  );
}

interface PartProps {
  readonly form: ReturnType<typeof useDraftForm<Fields>>['form'];
}

function Texts({ form, languages }: PartProps & { readonly languages: readonly string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return languages.map((language) => (
    <Textarea
      key={language}
      label={t('programmeTerms.textIn', { language: format.language(language) })}
      autosize
      minRows={4}
      maxRows={24}
      maxLength={20_000}
      {...form.getInputProps(`texts.${language}`)}
    />
  ));
}

function Days({ form }: PartProps) {
  const { t } = useTranslation();
  const today = new Date().toISOString().slice(0, 10);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {(['effectiveOn', 'acceptBy'] as const).map((field) => (
        <DatePickerInput
          key={field}
          label={t(`programmeTerms.${field}`)}
          description={t(`programmeTerms.${field}Why`)}
          required
          minDate={today}
          {...form.getInputProps(field)}
        />
      ))}
    </SimpleGrid>
  );
}

/** Languages of the vendor, of the portal, and of the newest version. */
function useLanguages(texts: Readonly<Record<string, string>>): readonly string[] {
  const { languages } = useSession();
  return [...new Set([...languages, ...LANGUAGES.map(({ tag }) => tag), ...Object.keys(texts)])];
}
