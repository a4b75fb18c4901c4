import { Button, List, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { PartnerGroupView } from '#contracts';
import { Dialog } from '../../shared/Dialog';
import { Loaded } from '../../shared/Page';
import { useGroupMembers } from './api';

/** The number of members of a group, which opens their list. */
export function GroupMembers({ group }: { readonly group: PartnerGroupView }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const { id, name, memberCount } = group;
  const members = t('groups.members', { count: memberCount });
  return (
    <>
      <Button variant="subtle" size="compact-sm" onClick={open} aria-label={t('groups.showMembers', { members, name })}>
        {members}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('groups.membersOf', { name })} centered>
        <Members groupId={id} />
      </Dialog>
    </>
  );
}

function Members({ groupId }: { readonly groupId: string }) {
  const { t } = useTranslation();
  const members = useGroupMembers(groupId);
  return (
    <Loaded query={members} height={120}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm">{t('groups.noMembers')}</Text>
        ) : (
          <List size="sm">
            {items.map((member) => (
              <List.Item key={member.id}>{t('groups.member', { ...member })}</List.Item>
            ))}
          </List>
        )
      }
    </Loaded>
  );
}
