import { NativeSelect, Stack, Switch, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotificationSettings } from '#contracts';
import { Loaded } from '../../shared/Page';
import { useProblemNotice } from '../../shared/problem-notice';
import { WideTable } from '../../shared/WideTable';
import { changeNotificationSettings, profileKeys, useNotificationSettings } from './api';

type Setting = NotificationSettings['items'][number];

/** Lets the person choose what the organisation tells them, in the portal and by e-mail. */
export function NotificationChoices() {
  const { t } = useTranslation();
  const settings = useNotificationSettings();
  return (
    <Stack>
      <Loaded query={settings}>
        {({ items }) => (
          <WideTable label={t('profile.notifications.title')} minWidth={320}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('profile.notifications.kind')}</Table.Th>
                  <Table.Th>{t('profile.notifications.email')}</Table.Th>
                  <Table.Th>{t('profile.notifications.inApp')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((setting) => (
                  <SettingRow key={setting.kind} setting={setting} />
                ))}
              </Table.Tbody>
            </Table>
          </WideTable>
        )}
      </Loaded>
      <Text size="sm" c="dimmed">
        {t('profile.notifications.always')}
      </Text>
    </Stack>
  );
}

function SettingRow({ setting: { kind, delivery, deliveries, inApp } }: { readonly setting: Setting }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const onError = useProblemNotice();
  const change = useMutation({
    mutationFn: (next: { readonly delivery: string } | { readonly inApp: boolean }) =>
      changeNotificationSettings({ items: [{ kind, ...next }] }),
    onSuccess: (saved) => client.setQueryData(profileKeys.notificationSettings, saved),
    onError,
  });
  const name = t(`profile.notifications.kinds.${kind}`);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
      </Table.Th>
      <Table.Td>
        <NativeSelect
          aria-label={t('profile.notifications.emailOf', { name })}
          size="sm"
          w={120}
          value={delivery}
          disabled={change.isPending}
          onChange={({ currentTarget }) => change.mutate({ delivery: currentTarget.value })}
          data={deliveries.map((value) => ({ value, label: t(`profile.notifications.delivery.${value}`) }))}
        />
      </Table.Td>
      <Table.Td>
        {inApp !== null && (
          <Switch
            aria-label={t('profile.notifications.inAppOf', { name })}
            checked={inApp}
            disabled={change.isPending}
            onChange={({ currentTarget }) => change.mutate({ inApp: currentTarget.checked })}
          />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
