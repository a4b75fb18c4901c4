import { ActionIcon, Button, Group, Input, NativeSelect, Paper, Stack, Switch } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CONTACT_DATES, type ContactDate } from '#contracts';
import { NumberField } from '../../../shared/NumberField';
import { BlurTextInput } from '../BlurTextInput';
import { FieldDetails, LeadStates } from './BranchFields';
import type { Choices } from './choices';
import {
  ENTRY_KINDS,
  entriesOf,
  type EntryKind,
  entryKindOf,
  FIRST_TRIGGER,
  nextEntry,
  type WrittenEntry,
  withTrigger,
} from './entries';
import { useNamedOptions } from './sequence-names';
import type { RulesProps } from './SequenceRules';
import { useStepOptions } from './step-text';

const QUARTER = 90;

/** Who enters the sequence: each rule with the step at which it begins. */
export function EntryRules({ rules, choices, onWrite }: RulesProps) {
  const { t } = useTranslation();
  const shown = entriesOf(rules.entries, choices.steps);
  const write = (entries: readonly WrittenEntry[]): void => onWrite('entries', entries);
  return (
    <Input.Wrapper label={t('entries.title')} description={t('entries.why')} labelElement="div">
      <Stack gap="xs" mt={6} align="stretch">
        {shown.map((entry, at) => (
          <EntryFields
            key={entry.key}
            entry={entry}
            taken={shown.map(({ key }) => key)}
            choices={choices}
            onWrite={(written) => write(shown.map((other, place) => (place === at ? written : other)))}
            onRemove={shown.length === 1 ? undefined : () => write(shown.filter((_, place) => place !== at))}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => write([...shown, nextEntry(shown, choices.steps[0]?.key ?? 'end')])}
        >
          {t('entries.add')}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

interface EntryFieldsProps {
  readonly entry: WrittenEntry;
  readonly taken: readonly string[];
  readonly choices: Choices;
  readonly onWrite: (entry: WrittenEntry) => void;
  /** Undefined for the only entry. */
  readonly onRemove: (() => void) | undefined;
}

function EntryFields({ entry, taken, choices, onWrite, onRemove }: EntryFieldsProps) {
  const { t } = useTranslation();
  const kind = entryKindOf(entry);
  const steps = useStepOptions(choices.steps);
  return (
    <Paper withBorder p="sm" component="fieldset" m={0} aria-label={t('entries.entry', { name: entry.key })}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm" wrap="nowrap">
          <NativeSelect
            label={t('entries.who')}
            value={kind}
            style={{ flexGrow: 1 }}
            data={ENTRY_KINDS.map((value) => ({ value, label: t(`entries.kind.${value}`) }))}
            onChange={({ currentTarget: { value } }) =>
              onWrite(withTrigger(entry, FIRST_TRIGGER[value as EntryKind]()))
            }
          />
          {onRemove !== undefined && (
            <ActionIcon
              size="lg"
              variant="default"
              aria-label={t('entries.remove', { name: entry.key })}
              onClick={onRemove}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
        <TriggerDetails entry={entry} kind={kind} choices={choices} onWrite={onWrite} />
        <Group grow gap="sm" align="flex-start">
          <NativeSelect
            label={t('entries.start')}
            value={entry.start}
            data={steps}
            onChange={({ currentTarget: { value } }) => onWrite({ ...entry, start: value })}
          />
          <BlurTextInput
            label={t('entries.key')}
            value={entry.key}
            onWrite={(key) => {
              if (!taken.includes(key)) onWrite({ ...entry, key });
            }}
          />
        </Group>
        {kind !== 'launch' && <Rules entry={entry} onWrite={onWrite} />}
      </Stack>
    </Paper>
  );
}

interface TriggerProps extends Pick<EntryFieldsProps, 'entry' | 'choices' | 'onWrite'> {
  readonly kind: EntryKind;
}

type WriteTrigger = (trigger: Parameters<typeof withTrigger>[1]) => void;

function TriggerDetails({ entry, kind, choices, onWrite }: TriggerProps) {
  const { t } = useTranslation();
  const pages = useNamedOptions('pages', choices.pages);
  const documents = useNamedOptions('documents', choices.documents);
  const write: WriteTrigger = (trigger) => onWrite(withTrigger(entry, trigger));
  switch (kind) {
    case 'form':
    case 'document':
      return (
        <NativeSelect
          label={t(`entries.which.${kind}`)}
          value={entry[kind] ?? 'any'}
          data={[{ value: 'any', label: t('steps.any') }, ...(kind === 'form' ? pages : documents)]}
          onChange={({ currentTarget: { value } }) => write({ [kind]: value })}
        />
      );
    case 'event':
      return (
        <BlurTextInput label={t('steps.field.event')} value={entry.event ?? ''} onWrite={(event) => write({ event })} />
      );
    case 'lead':
      return <LeadStates states={entry.lead ?? []} onWrite={(lead) => write({ lead })} />;
    case 'field':
      return (
        <FieldDetails
          way={entry}
          onWrite={({ field, is, isNot }) =>
            write({
              ...(field === undefined ? {} : { field }),
              ...(is === undefined ? {} : { is }),
              ...(isNot === undefined ? {} : { isNot }),
            })
          }
        />
      );
    case 'date':
      return <DateDetails entry={entry} onWrite={write} />;
    default:
      return null;
  }
}

const OFFSETS = ['before', 'on', 'after'] as const;
type Offset = (typeof OFFSETS)[number];
const FIRST_DAYS = 30;

const offsetOf = ({ daysBefore, daysAfter }: WrittenEntry): Offset =>
  daysBefore !== undefined ? 'before' : daysAfter !== undefined ? 'after' : 'on';

const withOffset = (offset: Offset, days: number): Pick<WrittenEntry, 'daysBefore' | 'daysAfter'> =>
  offset === 'on' ? {} : offset === 'before' ? { daysBefore: days } : { daysAfter: days };

/** Which date of the contact, and how many days before or after it. */
function DateDetails({ entry, onWrite }: Pick<EntryFieldsProps, 'entry'> & { readonly onWrite: WriteTrigger }) {
  const { t } = useTranslation();
  const { date = 'renewsOn' } = entry;
  const offset = offsetOf(entry);
  const days = entry.daysBefore ?? entry.daysAfter ?? FIRST_DAYS;
  return (
    <Group grow gap="sm" align="flex-start">
      <NativeSelect
        label={t('entries.which.date')}
        value={date}
        data={CONTACT_DATES.map((value) => ({ value, label: t(`contact.field.${value}`) }))}
        onChange={({ currentTarget: { value } }) =>
          onWrite({ date: value as ContactDate, ...withOffset(offset, days) })
        }
      />
      <NativeSelect
        label={t('entries.offset.label')}
        value={offset}
        data={OFFSETS.map((value) => ({ value, label: t(`entries.offset.${value}`) }))}
        onChange={({ currentTarget: { value } }) => onWrite({ date, ...withOffset(value as Offset, days) })}
      />
      {offset !== 'on' && (
        <NumberField
          label={t('entries.offset.days')}
          min={1}
          max={365}
          value={days}
          onChange={(value) => typeof value === 'number' && onWrite({ date, ...withOffset(offset, value) })}
        />
      )}
    </Group>
  );
}

/** Whether the rule may begin again for a person, and which consent it waits for. */
function Rules({ entry, onWrite }: Pick<EntryFieldsProps, 'entry' | 'onWrite'>) {
  const { t } = useTranslation();
  const { reentry, consent, ...rest } = entry;
  const kept = { ...rest, ...(consent === undefined ? {} : { consent }) };
  const days = reentry?.afterDays;
  return (
    <>
      <Group align="flex-end">
        <Switch
          label={t('entries.again')}
          checked={reentry !== undefined}
          pb={8}
          onChange={({ currentTarget: { checked } }) =>
            onWrite(checked ? { ...kept, reentry: { afterDays: QUARTER } } : kept)
          }
        />
        {days !== undefined && (
          <NumberField
            label={t('rules.afterDays')}
            min={1}
            max={1825}
            value={days}
            onChange={(value) => typeof value === 'number' && onWrite({ ...kept, reentry: { afterDays: value } })}
          />
        )}
      </Group>
      <Switch
        label={t('entries.confirmed')}
        description={t('entries.confirmedWhy')}
        checked={consent === 'confirmed'}
        onChange={({ currentTarget: { checked } }) =>
          onWrite({
            ...rest,
            ...(reentry === undefined ? {} : { reentry }),
            ...(checked ? { consent: 'confirmed' as const } : {}),
          })
        }
      />
    </>
  );
}
