import { Alert, Button, ColorInput, Paper, Select, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BrandProfile } from '#contracts';
import type { InputPropsOf } from '../../shared/draft-form';
import { timeZones, useCountries } from '../../shared/place-choices';
import { useTranslateCode } from '../../shared/translate-code';

interface FieldsProps {
  readonly input: InputPropsOf;
}

/** Names, addresses, country and time zone of a partner. */
export function CompanyFields({ input, timeZone }: FieldsProps & { readonly timeZone: string }) {
  const { t } = useTranslation();
  const countries = useCountries();
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('brand.company')}
        </Title>
        <TextInput label={t('brand.name')} required {...input('name')} />
        <TextInput label={t('brand.legalName')} description={t('brand.legalNameWhy')} {...input('legalName')} />
        <TextInput label={t('brand.website')} placeholder="https://www.example.com" {...input('website')} />
        <TextInput
          label={t('brand.privacyUrl')}
          description={t('brand.privacyWhy')}
          placeholder="https://www.example.com/privacy"
          {...input('privacyUrl')}
        />
        <TextInput
          label={t('brand.imprintUrl')}
          description={t('brand.imprintWhy')}
          placeholder="https://www.example.com/imprint"
          {...input('imprintUrl')}
        />
        <Textarea
          label={t('brand.postalAddress')}
          description={t('brand.postalWhy')}
          autosize
          minRows={2}
          {...input('postalAddress')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t('brand.country')}
            data={countries}
            searchable
            allowDeselect={false}
            {...input('countryCode')}
          />
          <Select
            label={t('brand.timeZone')}
            data={timeZones(timeZone)}
            searchable
            allowDeselect={false}
            {...input('timeZone')}
          />
        </SimpleGrid>
        <TextInput label={t('brand.legalLine')} description={t('brand.legalWhy')} {...input('legalLine')} />
      </Stack>
    </Paper>
  );
}

/** Contact person of a partner, as e-mails show it. */
export function ContactPersonFields({ input }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('brand.contact')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={t('brand.contactName')} {...input('contact.name')} />
          <TextInput label={t('brand.contactTitle')} {...input('contact.title')} />
          <TextInput label={t('brand.contactEmail')} type="email" {...input('contact.email')} />
          <TextInput label={t('brand.contactPhone')} type="tel" {...input('contact.phone')} />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}

const COLOURS = ['primary', 'onPrimary', 'secondary', 'onSecondary', 'link'] as const;

type Feedback = BrandProfile['feedback'];

interface ColourFieldsProps extends FieldsProps {
  readonly feedback: Feedback;
  /** Called when the user accepts a suggested colour. */
  readonly onSuggestion: (field: Feedback[number]['field'], colour: string) => void;
}

/** Colours of a partner, with suggestions for a better contrast. */
export function ColourFields({ input, feedback, onSuggestion }: ColourFieldsProps) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Title order={2} size="h3">
          {t('brand.colours')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {COLOURS.map((name) => (
            <ColorInput
              key={name}
              label={t(`lack.colour.${name}`)}
              format="hex"
              eyeDropperButtonProps={{ 'aria-label': t('brand.pick', { name: t(`lack.colour.${name}`) }) }}
              {...input(`colours.${name}`)}
            />
          ))}
        </SimpleGrid>
        {feedback.map(({ code, field, message, suggestion, named }) => (
          <Alert key={`${code} ${field}`} color="yellow" title={translateCode('missing', field, message, named)}>
            {suggestion !== undefined && (
              <Button size="compact-sm" variant="default" onClick={() => onSuggestion(field, suggestion)}>
                {t('brand.useColour', { colour: suggestion })}
              </Button>
            )}
          </Alert>
        ))}
      </Stack>
    </Paper>
  );
}
