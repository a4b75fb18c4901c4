import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../shared/i18n';
import { useCan } from '../../shared/session';
import { useFormat } from '../../shared/format';
import { emptyTranslation, type BrandTranslation } from './other-languages';
import { useOffers } from '../../shared/requests';

interface OtherLanguagesProps {
  readonly languages: readonly BrandTranslation[];
  /** Errors by path in the profile: `locales.de.legalLine`. */
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (languages: readonly BrandTranslation[]) => void;
}

/**
 * Translations of a partner's legal line, postal address and contact person.
 */
export function OtherLanguages({ languages, faults, onChange }: OtherLanguagesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const addable = useOffered().filter((tag) => !languages.some(({ locale }) => locale === tag));
  return (
    <Stack component="section" gap="sm" aria-label={t('brand.otherLanguages')}>
      <div>
        <Title order={2} size="h3">
          {t('brand.otherLanguages')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('brand.otherLanguagesWhy')}
        </Text>
      </div>
      {languages.map((one) => (
        <Language
          key={one.locale}
          value={one}
          faults={faults}
          onChange={(changed) => onChange(languages.map((known) => (known === one ? changed : known)))}
          onRemove={() => onChange(languages.filter((known) => known !== one))}
        />
      ))}
      {can('brand.edit') && addable.length > 0 && (
        <Select
          label={t('brand.addLanguage')}
          placeholder={t('brand.chooseLanguage')}
          data={addable.map((tag) => ({ value: tag, label: format.language(tag) }))}
          value={null}
          onChange={(locale) => {
            if (locale !== null) onChange([...languages, emptyTranslation(locale)]);
          }}
        />
      )}
    </Stack>
  );
}

/**
 * Languages of the campaigns offered to the partner; else the portal's
 * languages.
 */
function useOffered(): readonly string[] {
  const offers = useOffers();
  const offered = offers.data?.items.flatMap(({ locales }) => locales) ?? [];
  return offered.length > 0 ? [...new Set(offered)].sort() : LANGUAGES.map(({ tag }) => tag);
}

interface LanguageProps extends Pick<OtherLanguagesProps, 'faults'> {
  readonly value: BrandTranslation;
  readonly onChange: (value: BrandTranslation) => void;
  readonly onRemove: () => void;
}

function Language({ value, faults, onChange, onRemove }: LanguageProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { locale, legalLine, postalAddress, contact } = value;
  const language = format.language(locale);
  return (
    <Stack gap="xs">
      <Textarea
        label={t('brand.postalAddressIn', { language })}
        autosize
        minRows={2}
        value={postalAddress}
        error={faults[`locales.${locale}.postalAddress`]}
        onChange={(event) => onChange({ ...value, postalAddress: event.currentTarget.value })}
      />
      <TextInput
        label={t('brand.legalLineIn', { language })}
        value={legalLine}
        error={faults[`locales.${locale}.legalLine`]}
        onChange={(event) => onChange({ ...value, legalLine: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        {(['name', 'title', 'phone'] as const).map((field) => (
          <TextInput
            key={field}
            label={t(`brand.contactIn.${field}`, { language })}
            value={contact[field]}
            error={faults[`locales.${locale}.contact.${field}`]}
            onChange={(event) => onChange({ ...value, contact: { ...contact, [field]: event.currentTarget.value } })}
          />
        ))}
      </SimpleGrid>
      {can('brand.edit') && (
        <Group justify="flex-end">
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
            {t('brand.removeLanguage', { language })}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
