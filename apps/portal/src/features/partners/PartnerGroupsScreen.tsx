import { Badge, Button, Group, Switch, Text } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerGroupView } from '#contracts';
import { useCan } from '../../shared/session';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { Dialog } from '../../shared/Dialog';
import { usePartnerGroups } from '../../shared/requests';
import { useAttributesForRules } from './api';
import { useConditionText } from '../../shared/partner-attributes/rule-text';
import { GroupActions } from './GroupActions';
import { GroupForm } from './GroupForm';
import { GroupMembers } from './GroupMembers';

/**
 * A vendor's partner groups.
 * A partner is a member while the rule matches it.
 */
export function PartnerGroupsScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const [archived, setArchived] = useState(false);
  const groups = usePartnerGroups({
    select: ({ items }) => items.filter(({ archivedAt }) => archived || archivedAt === null),
  });
  const columns = useColumns();
  const [edited, setEdited] = useState<PartnerGroupView | 'new' | null>(null);
  const create = can('partners.edit') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
      {t('groups.new')}
    </Button>
  );
  return (
    <ListScreen
      title={t('groups.title')}
      lead={t('groups.lead')}
      actions={create}
      filter={
        <Switch
          label={t('groups.showArchived')}
          checked={archived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
        />
      }
      list={groups}
      height={220}
      empty={{ icon: IconUsersGroup, title: t('groups.none'), text: t('groups.noneText'), action: create }}
      after={<GroupDialog edited={edited} onClose={() => setEdited(null)} />}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('groups.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          actions={can('partners.edit') && ((group) => <GroupActions group={group} onEdit={() => setEdited(group)} />)}
        />
      )}
    </ListScreen>
  );
}

function useColumns(): readonly Column<PartnerGroupView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('groups.name'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ name, archivedAt }) => (
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {name}
          </Text>
          {archivedAt !== null && <Badge variant="default">{t('groups.archivedBadge')}</Badge>}
        </Group>
      ),
    },
    { key: 'rule', title: t('groups.rule'), cell: ({ rule }) => <Rule rule={rule} /> },
    {
      key: 'members',
      title: t('groups.size'),
      orderBy: ({ memberCount }) => memberCount,
      cell: (group) => <GroupMembers group={group} />,
    },
  ];
}

interface GroupDialogProps {
  /** The group to change, or a new one; null: closed. */
  readonly edited: PartnerGroupView | 'new' | null;
  readonly onClose: () => void;
}

function GroupDialog({ edited, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={edited !== null}
      onClose={onClose}
      title={t(edited === 'new' ? 'groups.new' : 'groups.edit')}
      size="lg"
      centered
    >
      {edited !== null && <GroupForm group={edited === 'new' ? null : edited} onKept={onClose} />}
    </Dialog>
  );
}

function Rule({ rule }: { readonly rule: PartnerGroupView['rule'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const conditionText = useConditionText(useAttributesForRules().data?.items ?? []);
  const conditions = (rule.conditions ?? []).map((one) => conditionText(one));
  const words = [
    ...(rule.tiers ?? []),
    ...(rule.regions ?? []),
    ...(rule.countries ?? []).map((code) => format.country(code)),
    ...(rule.partnerIds === undefined ? [] : [t('groups.named', { count: rule.partnerIds.length })]),
    ...(rule.exceptPartnerIds === undefined ? [] : [t('groups.excepted', { count: rule.exceptPartnerIds.length })]),
    ...(rule.match === 'any' && conditions.length > 1 ? [conditions.join(t('groups.text.or'))] : conditions),
  ];
  return (
    <Group gap={6}>
      {words.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('groups.allPartners')}
        </Text>
      ) : (
        words.map((word) => (
          <Badge key={word} variant="light" tt="none" maw="100%" h="auto" style={{ whiteSpace: 'normal' }}>
            {word}
          </Badge>
        ))
      )}
    </Group>
  );
}
