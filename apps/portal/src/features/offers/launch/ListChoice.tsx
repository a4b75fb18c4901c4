import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ContactLists } from '#contracts';
import { useFormat } from '../../../shared/format';
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
  const { id = '', name = '' } = chosen ?? preferred ?? {};
  return { id, name, isGone: plan.listId !== null && chosen === undefined };
}

interface ListChoiceProps {
  readonly lists: Lists;
  readonly plan: LaunchPlan;
}

/** Lets a partner choose the contact list of a launch. */
export function ListChoice({ lists, plan }: ListChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = launchList(lists, plan);
  return (
    <>
      <NativeSelect
        label={t('launch.list')}
        value={list.id}
        onChange={(event) => plan.choose({ listId: event.currentTarget.value })}
        data={lists.map(({ id, name, size }) => ({ value: id, label: `${name} (${format.number(size)})` }))}
      />
      {list.isGone && (
        <InvalidChoiceNote onClose={() => plan.choose({ listId: null })}>
          {t('launch.listGone', { name: list.name })}
        </InvalidChoiceNote>
      )}
    </>
  );
}
