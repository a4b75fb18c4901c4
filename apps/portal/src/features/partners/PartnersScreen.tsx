import { Anchor, Button, Checkbox, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildingStore, IconUserPlus, IconUsersPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PartnerLine } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { useChannelManagers } from '../../shared/requests';
import { useCan } from '../../shared/session';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen, useSharedSearch } from '../../shared/ListScreen';
import { SavedViewsMenu } from '../../shared/SavedViewsMenu';
import { useUrlState } from '../../shared/url-state';
import { useWaitingApplications } from './applications/api';
import { AssignPartners } from './AssignPartners';
import { ChangePartner } from './ChangePartner';
import { EndPartnership, Reinstate } from './EndPartnership';
import { InvitationActions } from './InvitationActions';
import { InvitePartner } from './InvitePartner';
import { ManagerFilter } from './ManagerFilter';
import { PartnerState } from './PartnerState';
import { PARTNER_FILTERS, ProgressFilter } from './ProgressFilter';
import { canBeReminded, RemindPartners } from './RemindPartners';
import { TotalsCondition } from './TotalsCondition';
import { usePartners } from './api';

/** A vendor's partners with their progress, and buttons to invite more. */
export function PartnersScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const [canEdit, canManage, canAssign] = [can('partners.edit'), can('partners.manage'), can('channel-managers.edit')];
  const search = useSharedSearch();
  const [shown, setShown] = useUrlState('progress', 'all', PARTNER_FILTERS);
  const [inviting, { open, close }] = useDisclosure(false);
  const { sought } = search;
  const progress = shown === 'all' ? '' : shown;
  const [manager, setManager] = useUrlState<string>('manager', '');
  const partners = usePartners(sought, progress, manager);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const columns = useColumns();
  const choice = useChoiceColumn(chosen, setChosen, canAssign);
  return (
    <ListScreen
      title={t('partners.title')}
      lead={t(can('programme.read') ? 'partners.lead' : 'managers.ownOnly')}
      actions={
        <>
          <CsvLink
            path={`/partners/list.csv?${new URLSearchParams({
              ...(sought === '' ? {} : { q: sought }),
              ...(progress === '' ? {} : { progress }),
              ...(manager === '' ? {} : { manager }),
            }).toString()}`}
            label={t('partners.csv')}
          />
          <Button component={Link} to="/partner-activity" variant="default">
            {t('programmeActivity.open')}
          </Button>
          <SavedViewsMenu screen="/partners" />
          {can('programme.read') && <ApplicationsLink />}
          {canAssign && <AssignPartners chosen={chosen} onDone={() => setChosen(new Set())} />}
          {canEdit && <InviteButtons onInvite={open} />}
        </>
      }
      filter={
        <>
          <ProgressFilter shown={shown} onShow={setShown} />
          {can('programme.read') && <ManagerFilter shown={manager} onShow={setManager} />}
        </>
      }
      search={{ ...search, label: t('partners.search') }}
      isNarrowed={sought !== '' || shown !== 'all' || manager !== ''}
      list={partners}
      empty={{ icon: IconBuildingStore, title: t('partners.none'), text: t('partners.noneText') }}
      after={
        <>
          {can('programme.read') && <TotalsCondition />}
          <InvitePartner opened={inviting} onClose={close} />
        </>
      }
    >
      {(items, isWhole) => (
        <Stack>
          {canManage && <RemindPartners partners={items} chosen={chosen} onChoose={setChosen} />}
          <DataTable
            label={t('partners.title')}
            items={items}
            isWhole={isWhole}
            orderName="sort"
            idOf={({ id }) => id}
            columns={canAssign || (canManage && items.some(canBeReminded)) ? [choice, ...columns] : columns}
            minWidth={860}
            actions={canManage && ((partner) => <PartnerActions partner={partner} />)}
          />
        </Stack>
      )}
    </ListScreen>
  );
}

/** Leads to companies that applied, with their number. */
function ApplicationsLink() {
  const { t } = useTranslation();
  const waiting = useWaitingApplications().data ?? 0;
  return (
    <Button component={Link} to="/partner-applications" variant="default">
      {waiting === 0 ? t('applications.open') : t('applications.openCount', { count: waiting })}
    </Button>
  );
}

interface InviteButtonsProps {
  readonly onInvite: () => void;
}

function InviteButtons({ onInvite }: InviteButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button
        component={Link}
        to="/partners/import"
        variant="default"
        leftSection={<IconUsersPlus size={16} aria-hidden />}
      >
        {t('partnerImport.title')}
      </Button>
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={onInvite}>
        {t('partners.invite')}
      </Button>
    </>
  );
}

/** The partner itself takes back that it leaves. Once it has left, the vendor can invite it back. */
const canBeTakenBack = ({ status, joinedAt, end }: PartnerLine): boolean => {
  if (end === null) return status === 'ended' && joinedAt !== null;
  return end.by === 'vendor' || (status === 'ended' && end.returnOfferedAt === null);
};

/** Stacked, because three buttons side by side truncate their labels. */
function PartnerActions({ partner }: { readonly partner: PartnerLine }) {
  const canEnd = useCan()('partners.edit');
  return (
    <Stack gap={6} align="flex-end">
      {partner.status !== 'ended' && <ChangePartner partner={partner} />}
      {partner.status === 'invited' && <InvitationActions partner={partner} />}
      {canEnd && partner.status === 'active' && partner.end === null && <EndPartnership partner={partner} />}
      {canEnd && canBeTakenBack(partner) && <Reinstate partner={partner} />}
    </Stack>
  );
}

/** A checkbox for each partner that can be reminded, or for all that can be assigned. */
function useChoiceColumn(
  chosen: ReadonlySet<string>,
  onChoose: (chosen: ReadonlySet<string>) => void,
  canAssign: boolean,
): Column<PartnerLine> {
  const { t } = useTranslation();
  return {
    key: 'choose',
    title: t('remind.choose'),
    cell: (partner) =>
      (canAssign || canBeReminded(partner)) && (
        <Checkbox
          aria-label={t('remind.chooseOne', { name: partner.name })}
          checked={chosen.has(partner.id)}
          onChange={({ currentTarget: { checked } }) =>
            onChoose(new Set(checked ? [...chosen, partner.id] : [...chosen].filter((id) => id !== partner.id)))
          }
        />
      ),
  };
}

function useColumns(): readonly Column<PartnerLine>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const managers = useChannelManagers();
  const managerOf = ({ managerId }: PartnerLine): string =>
    managers.data?.items.find(({ id }) => id === managerId)?.name ?? '';
  const since = ({ joinedAt, invitedAt }: PartnerLine): string => joinedAt ?? invitedAt;
  return [
    {
      key: 'name',
      title: t('partners.partner'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ id, name, externalId }) => (
        <>
          <Anchor component={Link} to={`/partners/${id}`} size="sm" fw={600}>
            {name}
          </Anchor>
          {externalId !== null && (
            <Text size="xs" c="dimmed">
              {externalId}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'status',
      title: t('partners.status'),
      maxWidth: 360,
      cell: (partner) => <PartnerState partner={partner} />,
    },
    { key: 'tier', title: t('partners.tier'), orderBy: ({ tier }) => tier, cell: ({ tier }) => tier },
    { key: 'region', title: t('partners.region'), orderBy: ({ region }) => region, cell: ({ region }) => region },
    {
      key: 'country',
      title: t('partners.country'),
      orderBy: ({ countryCode }) => format.country(countryCode),
      cell: ({ countryCode }) => format.country(countryCode),
    },
    { key: 'manager', title: t('managers.one'), orderBy: managerOf, cell: managerOf },
    { key: 'since', title: t('partners.since'), orderBy: since, cell: (partner) => format.moment(since(partner)) },
  ];
}
