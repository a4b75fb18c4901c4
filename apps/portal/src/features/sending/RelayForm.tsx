import { Button, Group, PasswordInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RelayView, SaveRelay } from '#contracts';
import { type InputPropsOf, useDraftForm } from '../../shared/draft-form';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { LookUpFields } from './LookUpFields';
import { relayOf, type RelayValues, relayValues, TLS_MODES } from './relay-values';
import { NumberField } from '../../shared/NumberField';

interface RelayFormProps {
  readonly relay: RelayView | null;
  readonly pending: boolean;
  readonly error: unknown;
  /** @param forget deletes the draft after saving. */
  readonly onSubmit: (body: SaveRelay, forget: () => void) => void;
}

/** Host, credentials and limits of a relay. */
export function RelayForm({ relay, pending, error, onSubmit }: RelayFormProps) {
  const { t } = useTranslation();
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `relay ${relay?.id ?? 'new'}`,
    saved: relayValues(relay),
    secret: ['username', 'password', 'lookUpKey'],
  });
  const fieldErrors = useFieldErrors(error);
  const input: InputPropsOf<keyof RelayValues> = (name) => ({ ...form.getInputProps(name), error: fieldErrors[name] });
  return (
    <form onSubmit={form.onSubmit((values) => onSubmit(relayOf(values), forget))}>
      <Stack>
        <TextInput label={t('relays.name')} required maxLength={80} {...input('name')} />
        <ServerFields input={input} hasUsername={relay?.username != null} />
        <LookUpFields form={form} relay={relay} errors={fieldErrors} />
        <Switch label={t('relays.enabled')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
        <ProblemNote error={error} />
        <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
        <Group justify="flex-end">
          <Button type="submit" loading={pending}>
            {t('relays.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ServerFieldsProps {
  readonly input: InputPropsOf<keyof RelayValues>;
  /**
   * Whether credentials are stored. Then an empty password leaves the stored
   * one unchanged.
   */
  readonly hasUsername: boolean;
}

/** Address, encryption, credentials and limits of a relay. */
function ServerFields({ input, hasUsername }: ServerFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('relays.host')}
          description={t('relays.hostHow')}
          placeholder="smtp.example.com"
          required
          {...input('host')}
        />
        <NumberField
          label={t('relays.port')}
          description="25, 465, 587, 2525"
          required
          min={1}
          max={65535}
          isGrouped={false}
          {...input('port')}
        />
      </SimpleGrid>
      <Select
        label={t('relays.tls')}
        data={TLS_MODES.map((value) => ({ value, label: t(`relays.tlsMode.${value}`) }))}
        allowDeselect={false}
        {...input('tls')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('relays.username')} autoComplete="off" maxLength={200} {...input('username')} />
        <PasswordInput
          label={t('relays.password')}
          description={t(hasUsername ? 'relays.passwordKept' : 'relays.passwordHow')}
          autoComplete="new-password"
          maxLength={500}
          {...input('password')}
        />
        <NumberField
          label={t('relays.priority')}
          description={t('relays.priorityHow')}
          required
          min={1}
          max={1000}
          {...input('priority')}
        />
        <NumberField
          label={t('relays.connections')}
          description={t('relays.connectionsHow')}
          required
          min={1}
          max={100}
          {...input('connections')}
        />
      </SimpleGrid>
    </>
  );
}
