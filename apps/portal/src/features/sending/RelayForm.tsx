import { Button, Group, NumberInput, PasswordInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RelayView, SaveRelay } from '#contracts';
import { useDraftForm } from '../../shared/draft-form';
import { useFieldErrors } from '../../shared/field-errors';
import { ProblemNote } from '../../shared/ProblemNote';
import { RestoredDraftNote } from '../../shared/RestoredDraftNote';
import { LookUpFields, lookUpOf, lookUpValues } from './LookUpFields';

interface RelayFormProps {
  readonly relay: RelayView | null;
  readonly pending: boolean;
  readonly error: unknown;
  /** @param forget deletes the draft after saving. */
  readonly onSubmit: (body: SaveRelay, forget: () => void) => void;
}

const MODES = ['required', 'implicit', 'opportunistic'] as const;
const BLANK = {
  name: '',
  host: '',
  port: 587,
  tls: 'required',
  username: '',
  password: '',
  priority: 10,
  connections: 4,
  enabled: true,
  ...lookUpValues(null),
};

/** Host, credentials and limits of a relay. */
export function RelayForm({ relay, pending, error, onSubmit }: RelayFormProps) {
  const { t } = useTranslation();
  const saved =
    relay === null
      ? BLANK
      : {
          name: relay.name,
          host: relay.host,
          port: relay.port,
          tls: relay.tls as string,
          username: relay.username ?? '',
          password: '',
          priority: relay.priority,
          connections: relay.connections,
          enabled: relay.enabled,
          ...lookUpValues(relay),
        };
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: `relay ${relay?.id ?? 'new'}`,
    saved,
    secret: ['username', 'password', 'lookUpKey'],
  });
  const fieldErrors = useFieldErrors(error);
  const given = (name: keyof typeof BLANK) => ({ ...form.getInputProps(name), error: fieldErrors[name] });
  const save = (values: typeof BLANK): void => {
    const { name, host, port, priority, connections, enabled, username, password, tls } = values;
    const body = {
      name,
      host,
      port,
      priority,
      connections,
      enabled,
      lookUp: lookUpOf(values),
      tls: MODES.find((mode) => mode === tls) ?? 'required',
      username: username === '' ? null : username,
      ...(password === '' ? {} : { password }),
    };
    onSubmit(body, forget);
  };
  return (
    <form onSubmit={form.onSubmit(save)}>
      <Stack>
        <TextInput label={t('relays.name')} required maxLength={80} {...given('name')} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('relays.host')}
            description={t('relays.hostHow')}
            placeholder="smtp.example.com"
            required
            {...given('host')}
          />
          <NumberInput
            label={t('relays.port')}
            description="25, 465, 587, 2525"
            required
            min={1}
            max={65535}
            {...given('port')}
          />
        </SimpleGrid>
        <Select
          label={t('relays.tls')}
          data={MODES.map((value) => ({ value, label: t(`relays.tlsMode.${value}`) }))}
          allowDeselect={false}
          {...given('tls')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={t('relays.username')} autoComplete="off" maxLength={200} {...given('username')} />
          <PasswordInput
            label={t('relays.password')}
            description={t(relay?.username == null ? 'relays.passwordHow' : 'relays.passwordKept')}
            autoComplete="new-password"
            maxLength={500}
            {...given('password')}
          />
          <NumberInput
            label={t('relays.priority')}
            description={t('relays.priorityHow')}
            required
            min={1}
            max={1000}
            {...given('priority')}
          />
          <NumberInput
            label={t('relays.connections')}
            description={t('relays.connectionsHow')}
            required
            min={1}
            max={100}
            {...given('connections')}
          />
        </SimpleGrid>
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
