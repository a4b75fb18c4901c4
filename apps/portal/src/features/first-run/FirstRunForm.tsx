import {
  Button,
  ColorInput,
  FileInput,
  MultiSelect,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
  Title,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors';
import { passwordRule } from '../../shared/password-rule';
import { timeZones, useCountries } from '../../shared/place-choices';
import { ProblemNote } from '../../shared/ProblemNote';
import { useLanguageChoices } from '../../shared/use-language-choices';
import { foundVendor, uploadFirstLogo } from './api';
import type { Founded } from './FirstRunScreen';

const PICTURES = 'image/png,image/jpeg,image/webp,image/svg+xml';

interface Values {
  readonly token: string;
  readonly vendorName: string;
  readonly countryCode: string | null;
  readonly timeZone: string | null;
  readonly languages: string[];
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly senderDomain: string;
  readonly colour: string;
  readonly logo: File | null;
}

/** The link has the token behind #, which browsers do not send to servers. */
const tokenOfLink = (): string => window.location.hash.slice(1);

const ZONE_OF_BROWSER = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What `useForm` gives for a field, with the API's refusal of it. */
type FieldProps = (field: keyof Values) => Record<string, unknown>;

interface FirstRunFormProps {
  readonly mailDomain: string;
  readonly onFounded: (founded: Founded) => void;
}

/** Asks for the vendor, its owner, a sub-domain for sending and the brand. */
export function FirstRunForm({ mailDomain, onFounded }: FirstRunFormProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language.startsWith('de') ? 'de' : 'en';
  const form = useForm<Values>({
    initialValues: {
      token: tokenOfLink(),
      vendorName: '',
      countryCode: null,
      timeZone: ZONE_OF_BROWSER,
      languages: [language],
      name: '',
      email: '',
      password: '',
      senderDomain: '',
      colour: '',
      logo: null,
    },
  });
  const found = useMutation({ mutationFn: (values: Values) => foundAll(values, language), onSuccess: onFounded });
  const fieldErrors = useFieldErrors(found.error);
  const props: FieldProps = (field) => ({ ...form.getInputProps(field), error: fieldErrors[field] });
  const isShownAtField = Object.keys(form.values).some((field) => fieldErrors[field] !== undefined);
  const name = form.values.vendorName.trim();
  return (
    <form onSubmit={form.onSubmit((values) => found.mutate(values))}>
      <Stack gap="lg">
        <TextInput
          label={t('firstRun.token')}
          description={t('firstRun.tokenWhy')}
          autoComplete="off"
          required
          {...props('token')}
        />
        <Company props={props} />
        <Owner props={props} />
        <Part title={t('firstRun.sending')}>
          <TextInput
            label={t('firstRun.domain')}
            description={t('firstRun.domainWhy', { mailDomain })}
            placeholder="partners.example.com"
            maxLength={253}
            {...props('senderDomain')}
          />
        </Part>
        <Brand props={props} />
        {!isShownAtField && <ProblemNote error={found.error} />}
        <Button type="submit" loading={found.isPending}>
          {name === '' ? t('firstRun.submitEmpty') : t('firstRun.submit', { name })}
        </Button>
      </Stack>
    </form>
  );
}

/** Founds the vendor first: only a signed-in person may have a file opened. */
async function foundAll({ logo, ...values }: Values, language: string): Promise<Founded> {
  const { senderDomain, colour, ...rest } = values;
  const session = await foundVendor({
    ...rest,
    language,
    ...(senderDomain.trim() === '' ? {} : { senderDomain }),
    ...(colour === '' ? {} : { colour }),
  });
  if (logo === null) return { session, logoError: null };
  return uploadFirstLogo(logo).then(
    () => ({ session, logoError: null }),
    (logoError: unknown) => ({ session, logoError }),
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Stack component="section" aria-labelledby={id} gap="sm">
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}

interface PartProps {
  readonly props: FieldProps;
}

function Company({ props }: PartProps) {
  const { t } = useTranslation();
  const countries = useCountries();
  const languages = useLanguageChoices([]);
  return (
    <Part title={t('firstRun.vendor')}>
      <TextInput
        label={t('firstRun.name')}
        description={t('firstRun.nameWhy')}
        autoComplete="organization"
        required
        maxLength={120}
        {...props('vendorName')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('firstRun.country')}
          data={countries}
          searchable
          openOnFocus={false}
          required
          nothingFoundMessage={t('common.nothingFound')}
          {...props('countryCode')}
        />
        <Select
          label={t('firstRun.timeZone')}
          data={timeZones(ZONE_OF_BROWSER)}
          searchable
          openOnFocus={false}
          required
          nothingFoundMessage={t('common.nothingFound')}
          {...props('timeZone')}
        />
      </SimpleGrid>
      <MultiSelect
        label={t('firstRun.languages')}
        description={t('firstRun.languagesWhy')}
        data={languages}
        searchable
        openOnFocus={false}
        required
        nothingFoundMessage={t('common.nothingFound')}
        {...props('languages')}
      />
    </Part>
  );
}

function Owner({ props }: PartProps) {
  const { t } = useTranslation();
  return (
    <Part title={t('firstRun.owner')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('firstRun.ownerName')} autoComplete="name" required maxLength={120} {...props('name')} />
        <TextInput
          label={t('account.email')}
          type="email"
          autoComplete="username"
          required
          maxLength={400}
          {...props('email')}
        />
      </SimpleGrid>
      <PasswordInput
        label={t('account.password')}
        description={t('password.rule', passwordRule)}
        autoComplete="new-password"
        required
        {...props('password')}
      />
    </Part>
  );
}

function Brand({ props }: PartProps) {
  const { t } = useTranslation();
  return (
    <Part title={t('firstRun.brand')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <ColorInput
          label={t('firstRun.colour')}
          description={t('firstRun.colourWhy')}
          format="hex"
          placeholder="#0f766e"
          eyeDropperButtonProps={{ 'aria-label': t('brand.pick', { name: t('firstRun.colour') }) }}
          {...props('colour')}
        />
        <FileInput
          label={t('firstRun.logo')}
          description={t('firstRun.logoWhy')}
          placeholder={t('firstRun.chooseLogo')}
          accept={PICTURES}
          clearable
          {...props('logo')}
        />
      </SimpleGrid>
    </Part>
  );
}
