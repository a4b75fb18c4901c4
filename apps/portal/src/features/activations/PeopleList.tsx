import { Group, NativeSelect, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, PersonOfActivation } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { List } from '../../shared/ListScreen';
import { useTranslateCode } from '../../shared/translate-code';
import { StatusBadge } from '../../shared/StatusBadge';
import { useSendingPreferences } from '../../shared/requests';
import { useStepNameByKey } from '../../shared/step-name';
import { ContactDrawer } from '../../shared/contacts/ContactDrawer';
import { useActivationPeople } from './api';

/** Enrolments change while the list is open. */
const LOOK_AGAIN_MS = 15_000;
const STATES = ['waiting', 'sent', 'skipped', 'failed', 'unknown', 'over'] as const;

/**
 * Shows a partner the state of each contact of an activation.
 * A row opens the contact's messages, and the reasons for those not sent.
 */
export function PeopleList({ activation }: { readonly activation: ActivationDetail }) {
  const { t } = useTranslation();
  const [state, setState] = useState('');
  const [reason, setReason] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const filter = { ...(state === '' ? {} : { state }), ...(reason === '' ? {} : { reason }) };
  const people = useActivationPeople(activation.id, filter, LOOK_AGAIN_MS);
  const columns = useColumns(activation, setOpen);
  const preferences = useSendingPreferences();
  return (
    <Stack component="section" aria-labelledby="people">
      <Title order={2} id="people">
        {t('people.title')}
      </Title>
      {preferences.data?.repliesTo === 'mailbox' && <Text size="sm">{t('people.repliesByHand')}</Text>}
      <Group align="flex-end">
        <StateChoice state={state} onState={setState} />
        {activation.reasons.length > 0 && (
          <ReasonChoice reasons={activation.reasons} reason={reason} onReason={setReason} />
        )}
      </Group>
      <List
        list={people}
        height={240}
        isNarrowed={state !== '' || reason !== ''}
        empty={{
          icon: IconUsers,
          title: t('people.none'),
          text: t(activation.lists.include.length === 0 ? 'people.noneOpen' : 'people.noneText'),
        }}
      >
        {(items, isWhole) => (
          <DataTable
            label={t('people.title')}
            items={items}
            isWhole={isWhole}
            idOf={({ id }) => id}
            columns={columns}
          />
        )}
      </List>
      <ContactDrawer contactId={open} onClose={() => setOpen(null)} />
    </Stack>
  );
}

function StateChoice({ state, onState }: { readonly state: string; readonly onState: (state: string) => void }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('people.state')}
      value={state}
      onChange={(event) => onState(event.currentTarget.value)}
      data={[
        { value: '', label: t('people.allContacts') },
        ...STATES.map((one) => ({ value: one, label: t(`people.states.${one}`) })),
      ]}
    />
  );
}

interface ReasonChoiceProps extends Pick<ActivationDetail, 'reasons'> {
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}

function ReasonChoice({ reasons, reason, onReason }: ReasonChoiceProps) {
  const { t } = useTranslation();
  const translateCode = useTranslateCode();
  return (
    <NativeSelect
      label={t('people.reason')}
      value={reason}
      onChange={(event) => onReason(event.currentTarget.value)}
      data={[
        { value: '', label: t('people.any') },
        ...reasons.map((one) => ({
          value: one.reason,
          label: translateCode('reasons', one.reason, one.sentence),
        })),
      ]}
    />
  );
}

function useColumns({ names }: ActivationDetail, onOpen: (id: string) => void): readonly Column<PersonOfActivation>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOfPerson = useNameOfPerson();
  return [
    {
      key: 'name',
      title: t('contacts.name'),
      isHeading: true,
      orderBy: nameOfPerson,
      cell: (person) => <Name person={person} onOpen={onOpen} />,
    },
    {
      key: 'got',
      title: t('people.got'),
      align: 'end',
      orderBy: ({ got }) => got,
      cell: ({ got }) => format.number(got),
    },
    {
      key: 'last',
      title: t('people.last'),
      orderBy: ({ last }) => last?.decidedAt ?? '',
      cell: (person) => <LastStep person={person} names={names} />,
    },
    {
      key: 'next',
      title: t('people.next'),
      orderBy: ({ state, nextAt }) => nextAt ?? state,
      cell: (person) => <NextStep person={person} />,
    },
  ];
}

/** Name of a contact, or its address. An erased contact has neither. */
function useNameOfPerson() {
  const { t } = useTranslation();
  return ({ firstName, lastName, email }: PersonOfActivation): string =>
    [firstName, lastName].filter((part) => part !== null).join(' ') || (email ?? t('people.gone'));
}

interface CellProps {
  readonly person: PersonOfActivation;
}

/** Name and address. An erased contact has no page. */
function Name({ person, onOpen }: CellProps & { readonly onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const nameOfPerson = useNameOfPerson();
  if (person.email === null)
    return (
      <Text size="sm" c="dimmed">
        {t('people.gone')}
      </Text>
    );
  return (
    <UnstyledButton onClick={() => onOpen(person.id)}>
      <Text size="sm" fw={600} c="var(--mantine-color-anchor)">
        {nameOfPerson(person)}
      </Text>
      <Text size="xs" c="dimmed">
        {person.email}
      </Text>
    </UnstyledButton>
  );
}

/** The last step of a contact: its outcome and the reason. */
function LastStep({ person: { last }, names }: CellProps & Pick<ActivationDetail, 'names'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const stepName = useStepNameByKey(names);
  if (last === null)
    return (
      <Text size="sm" c="dimmed">
        {t('people.nothingYet')}
      </Text>
    );
  return (
    <>
      <Group gap="xs">
        <Text size="sm">{stepName(last.stepKey)}</Text>
        <StatusBadge status={last.outcome} />
      </Group>
      <Text size="xs" c="dimmed">
        {translateCode('reasons', last.reason, last.sentence)} · {format.moment(last.decidedAt)}
      </Text>
    </>
  );
}

/** When the next step is due, or why the sequence has ended. */
function NextStep({ person: { state, nextAt, blocked, ended } }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const translateCode = useTranslateCode();
  const why = blocked === null ? null : translateCode('reasons', blocked.reason, blocked.sentence);
  if (why !== null) return nextAt === null ? why : t('people.skippedAt', { at: format.moment(nextAt), why });
  return (
    <>
      {nextAt === null ? t(`people.progress.${state}`) : t('people.nextAt', { at: format.moment(nextAt) })}
      {ended !== null && (
        <Text size="xs" c="dimmed">
          {translateCode('reasons', ended.reason, ended.sentence)} · {format.moment(ended.at)}
        </Text>
      )}
    </>
  );
}
