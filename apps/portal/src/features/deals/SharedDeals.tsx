import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SharedDealView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { Dialog } from '../../shared/Dialog';
import { useDealCopyColumns } from '../../shared/leads/deal-copy-columns';
import { LoadMore } from '../../shared/LoadMore';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { acceptDealInvitation, revokeDealShare, useDealSharesChanged, useSharedDeals } from './api';

/** Deals of other partners in which this one takes part. Nothing before the first. */
export function SharedDeals() {
  const { t } = useTranslation();
  const deals = useSharedDeals();
  const columns = useColumns(deals.data ?? []);
  if (deals.data === undefined || deals.data.length === 0) return null;
  return (
    <Stack component="section" aria-labelledby="shared-deals" gap="sm">
      <Group justify="space-between">
        <Title order={2} id="shared-deals">
          {t('sharedDeals.title')}
        </Title>
        <CsvLink path="/shared-deals/list.csv" label={t('sharedDeals.csv')} />
      </Group>
      <Text size="sm" c="dimmed">
        {t('sharedDeals.lead')}
      </Text>
      <DataTable
        label={t('sharedDeals.title')}
        items={deals.data}
        isWhole={!deals.hasMore}
        orderName="shared"
        rowOrder={t('common.newestFirst')}
        idOf={({ id }) => id}
        columns={columns}
        minWidth={860}
      />
      <LoadMore list={deals} />
    </Stack>
  );
}

function useColumns(deals: readonly SharedDealView[]): readonly Column<SharedDealView>[] {
  const { t } = useTranslation();
  const copied = useDealCopyColumns(deals);
  return [
    {
      key: 'name',
      title: t('deals.one'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ name, partnerName }) => (
        <>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name === '' ? t('sharedDeals.noName') : name}
          </Text>
          <Text size="xs" c="dimmed">
            {t('sharedDeals.of', { partner: partnerName })}
          </Text>
        </>
      ),
    },
    {
      key: 'role',
      title: t('dealShares.role'),
      cell: ({ role }) => (
        <Badge variant="light" tt="none">
          {t(`dealShares.roles.${role}`)}
        </Badge>
      ),
    },
    ...copied,
    { key: 'leave', title: t('sharedDeals.part'), cell: (deal) => <Leave deal={deal} /> },
  ];
}

function Leave({ deal: { id, partnerName } }: { readonly deal: SharedDealView }) {
  const { t } = useTranslation();
  const canEdit = useCan()('leads.edit');
  const changed = useDealSharesChanged();
  const leave = useMutation({ mutationFn: () => revokeDealShare(id), onSuccess: changed });
  if (!canEdit) return null;
  return (
    <Confirm
      label={t('sharedDeals.leave')}
      question={t('sharedDeals.leaveQuestion', { partner: partnerName })}
      size="xs"
      onConfirm={() => leave.mutateAsync()}
    >
      {t('sharedDeals.leaveText')}
    </Confirm>
  );
}

interface DealInvitationProps {
  /** Null: none. */
  readonly invitation: string | null;
  readonly onClose: () => void;
}

/** Asks whether to take part in another partner's deal. */
export function DealInvitation({ invitation, onClose }: DealInvitationProps) {
  const { t } = useTranslation();
  const changed = useDealSharesChanged();
  const accept = useMutation({
    mutationFn: acceptDealInvitation,
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <Dialog opened={invitation !== null} onClose={onClose} title={t('sharedDeals.invited')} centered>
      <Stack>
        <Text size="sm">{t('sharedDeals.invitedHow')}</Text>
        <ProblemNote error={accept.error} />
        <Group justify="flex-end">
          <Button loading={accept.isPending} onClick={() => invitation !== null && accept.mutate(invitation)}>
            {t('sharedDeals.accept')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
