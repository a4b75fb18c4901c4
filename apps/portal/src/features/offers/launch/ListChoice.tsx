import { Button, MultiSelect, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../../shared/query-keys';
import { useContactCount } from '../../../shared/requests';
import { useCan } from '../../../shared/session';
import { createListOfAll } from '../api';
import { InvalidChoiceNote } from '../InvalidChoiceNote';
import type { LaunchPlan } from '../launch-plan';
import type { Lists, PlannedLists } from './planned-lists';

interface ListChoiceProps {
  readonly lists: Lists;
  readonly plan: LaunchPlan;
  readonly planned: PlannedLists;
  /** People can enter without a list. */
  readonly canBeOpen: boolean;
}

/** Values of the choice that are no list: one with all contacts, made when it is chosen; and none. */
const ALL = 'all';
const NONE = 'none';

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
      plan.choose({ lists: [id] });
    },
  });
}

/** Lets a partner choose the contact lists of a launch, or none. */
export function ListChoice({ lists, plan, planned, canBeOpen }: ListChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { include, exclude } = planned;
  const [isOpened, setOpened] = useState(false);
  const choices = lists.map(({ id, name, size }) => ({ value: id, label: `${name} (${format.number(size)})` }));
  return (
    <>
      {isOpened || include.length > 1 || exclude.length > 0 ? (
        <SeveralLists choices={choices} plan={plan} planned={planned} />
      ) : (
        <>
          <OneList lists={lists} choices={choices} plan={plan} planned={planned} canBeOpen={canBeOpen} />
          {lists.length > 1 && (
            <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'start' }} onClick={() => setOpened(true)}>
              {t('launch.severalLists')}
            </Button>
          )}
        </>
      )}
      {planned.isGone && (
        <InvalidChoiceNote onClose={() => plan.choose({ lists: null })}>
          {t('launch.listGone', { name: planned.names })}
        </InvalidChoiceNote>
      )}
    </>
  );
}

type Choices = readonly { readonly value: string; readonly label: string }[];

function OneList({ lists, choices, plan, planned, canBeOpen }: ListChoiceProps & { readonly choices: Choices }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = useAllContacts(lists);
  const make = useListOfAll(plan);
  const choose = (value: string) =>
    value === ALL ? make.mutate() : plan.choose({ lists: value === NONE ? [] : [value] });
  return (
    <>
      <NativeSelect
        label={t('launch.list')}
        value={planned.include[0] ?? NONE}
        disabled={make.isPending}
        onChange={({ currentTarget: { value } }) => choose(value)}
        data={[
          ...choices,
          ...(all === null ? [] : [{ value: ALL, label: t('launch.everybody', { number: format.number(all) }) }]),
          ...(canBeOpen || planned.include.length === 0 ? [{ value: NONE, label: t('launch.withoutList') }] : []),
        ]}
      />
      <ProblemNote error={make.error} />
    </>
  );
}

/** Lists whose contacts enter, and lists whose contacts do not. */
function SeveralLists({
  choices,
  plan,
  planned,
}: Omit<ListChoiceProps, 'lists' | 'canBeOpen'> & { readonly choices: Choices }) {
  const { t } = useTranslation();
  const { include, exclude } = planned;
  // One list cannot do both.
  const without = (ids: readonly string[]) => choices.filter(({ value }) => !ids.includes(value));
  return (
    <>
      <MultiSelect
        label={t('launch.lists')}
        description={t('launch.listsHow')}
        value={[...include]}
        data={without(exclude)}
        maxValues={MAX_LISTS}
        searchable
        nothingFoundMessage={t('common.nothingFound')}
        onChange={(ids) => plan.choose({ lists: ids })}
      />
      <MultiSelect
        label={t('launch.leaveOut')}
        description={t('launch.leaveOutHow')}
        value={[...exclude]}
        data={without(include)}
        maxValues={MAX_LISTS}
        searchable
        nothingFoundMessage={t('common.nothingFound')}
        onChange={(ids) => plan.choose({ lists: include, exclude: ids })}
      />
    </>
  );
}

/** As many as the API takes. */
const MAX_LISTS = 20;
