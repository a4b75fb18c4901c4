import { PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { InputPropsOf } from '../../shared/draft-form';
import { useTranslation } from 'react-i18next';
import type { RelayView, SaveRelay } from '#contracts';

const PROVIDERS = ['mailgun', 'postmark', 'sendgrid'] as const;
const REGIONS = ['us', 'eu'] as const;
const NOWHERE = 'none';

/** Form values of the message look-up. */
export interface LookUpValues {
  readonly lookUp: string;
  readonly lookUpRegion: string;
  readonly lookUpScope: string;
  readonly lookUpKey: string;
}

export const lookUpValues = (relay: RelayView | null): LookUpValues => ({
  lookUp: relay?.lookUp?.provider ?? NOWHERE,
  lookUpRegion: relay?.lookUp?.region ?? 'us',
  lookUpScope: relay?.lookUp?.scope ?? '',
  lookUpKey: '',
});

/** As the API takes it. */
export function lookUpOf({ lookUp, lookUpRegion, lookUpScope, lookUpKey }: LookUpValues): SaveRelay['lookUp'] {
  const provider = PROVIDERS.find((known) => known === lookUp);
  if (provider === undefined) return null;
  return {
    provider,
    region: REGIONS.find((known) => known === lookUpRegion) ?? 'us',
    scope: provider === 'sendgrid' || lookUpScope === '' ? null : lookUpScope,
    ...(lookUpKey === '' ? {} : { key: lookUpKey }),
  };
}

interface LookUpFieldsProps<Values extends LookUpValues> {
  readonly form: UseFormReturnType<Values>;
  readonly relay: RelayView | null;
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * Provider account in which a relay's messages with unknown outcome are looked
 * up.
 */
export function LookUpFields<Values extends LookUpValues>({ form, relay, errors }: LookUpFieldsProps<Values>) {
  const { t } = useTranslation();
  const { lookUp: provider } = form.getValues();
  const isKept = relay?.lookUp?.provider === provider;
  return (
    <Stack gap="sm">
      <ProviderChoice input={form.getInputProps('lookUp')} />
      {provider !== NOWHERE && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <PasswordInput
            label={t('relays.lookUp.key')}
            description={t(isKept ? 'relays.lookUp.keyKept' : 'relays.lookUp.keyHow')}
            autoComplete="off"
            maxLength={500}
            {...form.getInputProps('lookUpKey')}
            error={errors['lookUp.key']}
          />
          <Select
            label={t('relays.lookUp.region')}
            description={t('relays.lookUp.regionHow')}
            data={REGIONS.map((value) => ({ value, label: t(`relays.lookUp.regions.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('lookUpRegion')}
            error={errors['lookUp.region']}
          />
          {provider !== 'sendgrid' && (
            <TextInput
              label={t(provider === 'mailgun' ? 'relays.lookUp.domain' : 'relays.lookUp.stream')}
              description={t(provider === 'mailgun' ? 'relays.lookUp.domainHow' : 'relays.lookUp.streamHow')}
              maxLength={253}
              {...form.getInputProps('lookUpScope')}
              error={errors['lookUp.scope']}
            />
          )}
        </SimpleGrid>
      )}
    </Stack>
  );
}

/** Chooses the provider whose API tells what became of a message. */
function ProviderChoice({ input }: { readonly input: ReturnType<InputPropsOf> }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('relays.lookUp.provider')}
      description={t('relays.lookUp.how')}
      data={[
        { value: NOWHERE, label: t('relays.lookUp.nowhere') },
        { value: 'mailgun', label: 'Mailgun' },
        { value: 'postmark', label: 'Postmark' },
        { value: 'sendgrid', label: 'SendGrid' },
      ]}
      allowDeselect={false}
      {...input}
    />
  );
}
