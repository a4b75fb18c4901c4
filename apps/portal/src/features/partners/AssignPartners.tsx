import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconUserShare } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Dialog } from '../../shared/Dialog';
import { useFormat } from '../../shared/format';
import { ManagerSelect, NO_MANAGER } from '../../shared/ManagerSelect';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { assignPartners, useChannelManagers, usePartnerGroups } from '../../shared/requests';

interface AssignPartnersProps {
  /** Partners that are selected in the list. */
  readonly chosen: ReadonlySet<string>;
  readonly onDone: () => void;
}

/** Lets an owner give the selected partners, or those of a group, to a channel manager. */
export function AssignPartners({ chosen, onDone }: AssignPartnersProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconUserShare size={16} aria-hidden />} onClick={open}>
        {t('managers.assign')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('managers.assign')} centered>
        <AssignForm
          chosen={chosen}
          onDone={() => {
            close();
            onDone();
          }}
        />
      </Dialog>
    </>
  );
}

/** Which partners: the selected ones, or those of the group with this id. */
const SELECTED = 'selected';

function AssignForm({ chosen, onDone }: AssignPartnersProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const managers = useChannelManagers();
  const groups = usePartnerGroups({ select: ({ items }) => items.filter(({ archivedAt }) => archivedAt === null) });
  const [which, setWhich] = useState(chosen.size > 0 ? SELECTED : '');
  const [managerId, setManagerId] = useState(NO_MANAGER);
  const assign = useMutation({
    mutationFn: () =>
      assignPartners({
        managerId: managerId === NO_MANAGER ? null : managerId,
        ...(which === SELECTED ? { partnerIds: [...chosen] } : { groupId: which }),
      }),
    onSuccess: async ({ changed }) => {
      notifications.show({ color: 'teal', message: t('managers.assigned', { count: changed }) });
      await invalidate(client, queryKeys.partners, queryKeys.channelManagers);
      onDone();
    },
  });
  if (managers.data?.items.length === 0)
    return (
      <Stack>
        <Text size="sm">{t('managers.none')}</Text>
        <Button component={Link} to="/team">
          {t('managers.toTeam')}
        </Button>
      </Stack>
    );
  return (
    <Stack>
      <NativeSelect
        label={t('managers.which')}
        value={which}
        onChange={({ currentTarget }) => setWhich(currentTarget.value)}
        data={[
          ...(chosen.size > 0
            ? [{ value: SELECTED, label: t('managers.selected', { count: chosen.size }) }]
            : [{ value: '', label: t('managers.chooseGroup') }]),
          ...(groups.data ?? []).map(({ id, name, memberCount }) => ({
            value: id,
            label: t('managers.group', { name, number: format.number(memberCount) }),
          })),
        ]}
      />
      <ManagerSelect label={t('managers.one')} value={managerId} onChange={setManagerId} />
      <Text size="sm" c="dimmed">
        {t('managers.how')}
      </Text>
      <ProblemNote error={assign.error} />
      <Button disabled={which === ''} loading={assign.isPending} onClick={() => assign.mutate()}>
        {t('managers.assign')}
      </Button>
    </Stack>
  );
}
