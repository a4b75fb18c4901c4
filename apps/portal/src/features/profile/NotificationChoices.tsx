import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotificationsView } from '#contracts';
import { Loaded } from '../../shared/Page';
import { useProblemNotice } from '../../shared/problem-notice';
import { changeNotifications, profileKeys, useNotifications } from './api';

type Choice = NotificationsView['items'][number];

/** Lets the person choose which mails of the organisation they get. */
export function NotificationChoices() {
  const { t } = useTranslation();
  const notifications = useNotifications();
  return (
    <Stack>
      <Loaded query={notifications}>
        {({ items }) => (
          <Table>
            <Table.Tbody>
              {items.map((choice) => (
                <ChoiceRow key={choice.kind} choice={choice} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
      <Text size="sm" c="dimmed">
        {t('profile.notifications.always')}
      </Text>
    </Stack>
  );
}

function ChoiceRow({ choice: { kind, delivery } }: { readonly choice: Choice }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const onError = useProblemNotice();
  const change = useMutation({
    mutationFn: (next: string) => changeNotifications({ items: [{ kind, delivery: next }] }),
    onSuccess: (saved) => client.setQueryData(profileKeys.notifications, saved),
    onError,
  });
  const label = t(`profile.notifications.kinds.${kind}`);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {label}
      </Table.Th>
      <Table.Td ta="end">
        <SegmentedControl
          aria-label={label}
          size="xs"
          value={delivery}
          disabled={change.isPending}
          onChange={(next) => change.mutate(next)}
          data={(['at-once', 'none'] as const).map((value) => ({
            value,
            label: t(`profile.notifications.delivery.${value}`),
          }))}
        />
      </Table.Td>
    </Table.Tr>
  );
}
