import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PartnerGroupView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { deletePartnerGroup, movePartnerGroup } from './api';

interface GroupActionsProps {
  readonly group: PartnerGroupView;
  readonly onEdit: () => void;
}

/** Edits, archives, restores or deletes a partner group. */
export function GroupActions({ group: { id, name, archivedAt }, onEdit }: GroupActionsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refetch = () => invalidate(client, queryKeys.partnerGroups);
  const action = archivedAt === null ? 'archive' : 'restore';
  const move = useMutation({ mutationFn: () => movePartnerGroup(id, action), onSuccess: refetch });
  return (
    <>
      <Group gap="xs" wrap="nowrap" justify="flex-end">
        {archivedAt === null && (
          <Button variant="default" size="xs" onClick={onEdit} aria-label={t('groups.editOne', { name })}>
            {t('groups.edit')}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          loading={move.isPending}
          onClick={() => move.mutate()}
          aria-label={t(`groups.${action}One`, { name })}
        >
          {t(`groups.${action}`)}
        </Button>
        <Confirm
          size="xs"
          label={t('groups.deleteOne', { name })}
          shortLabel={t('groups.delete')}
          question={t('groups.deleteQuestion', { name })}
          onConfirm={() => deletePartnerGroup(id).then(refetch)}
        >
          {t('groups.deleteText')}
        </Confirm>
      </Group>
      <ProblemNote error={move.error} />
    </>
  );
}
