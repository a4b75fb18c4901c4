import { NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ContactLists } from '#contracts';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../../shared/query-keys';
import { useContactCount } from '../../../shared/requests';
import { useCan } from '../../../shared/session';
import { createListOfAll } from '../api';
import { InvalidChoiceNote } from '../InvalidChoiceNote';
import type { LaunchPlan } from '../launch-plan';

/** The partner's contact lists. */
export type Lists = z.output<typeof ContactLists>['items'];

/**
 * The list of a launch: the chosen one, else the default list, else the first
 * with contacts. `isGone`: the list that was chosen on an earlier visit no
 * longer exists.
 */
export function launchList(lists: Lists, plan: LaunchPlan) {
  const preferred = lists.find(({ isDefault, size }) => isDefault && size > 0) ?? lists.find(({ size }) => size > 0);
  const chosen = lists.find(({ id }) => id === plan.listId);
  const { id = '', name = '', size = 0 } = chosen ?? preferred ?? {};
  return { id, name, size, isGone: plan.listId !== null && chosen === undefined };
}

interface ListChoiceProps {
  readonly lists: Lists;
  readonly plan: LaunchPlan;
}

/** Value of a choice: a list with all contacts, made when it is chosen. */
const ALL = 'all';

/**
 * The number of all contacts, if no list has them all; else null. Asks nothing
 * of a user who may not change lists.
 */
function useAllContacts(lists: Lists): number | null {
  const can = useCan();
  const all = useContactCount('', { enabled: can('contacts.edit') }).data?.count ?? 0;
  return lists.every(({ size }) => size < all) ? all : null;
}

/** Makes a list with all contacts, and chooses it. */
function useListOfAll(plan: LaunchPlan) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => createListOfAll(t('launch.everybodyName')),
    onSuccess: async ({ id }) => {
      await invalidate(client, queryKeys.contactLists);
      plan.choose({ listId: id });
    },
  });
}

/** Lets a partner choose the contact list of a launch. */
export function ListChoice({ lists, plan }: ListChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = launchList(lists, plan);
  const all = useAllContacts(lists);
  const make = useListOfAll(plan);
  const choices = lists.map(({ id, name, size }) => ({ value: id, label: `${name} (${format.number(size)})` }));
  return (
    <>
      <NativeSelect
        label={t('launch.list')}
        value={list.id}
        disabled={make.isPending}
        onChange={({ currentTarget: { value } }) => (value === ALL ? make.mutate() : plan.choose({ listId: value }))}
        data={
          all === null
            ? choices
            : [...choices, { value: ALL, label: t('launch.everybody', { number: format.number(all) }) }]
        }
      />
      <ProblemNote error={make.error} />
      {list.isGone && (
        <InvalidChoiceNote onClose={() => plan.choose({ listId: null })}>
          {t('launch.listGone', { name: list.name })}
        </InvalidChoiceNote>
      )}
    </>
  );
}
