import { ActionIcon, Group, NativeSelect, Paper, Stack, TagsInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choices } from './choices';
import { type ConditionKind, CONDITIONS, type WrittenBranch } from './steps';
import { useNamedOptions } from './sequence-names';
import { BlurTextInput } from '../BlurTextInput';
import { DatePickerInput } from '../../../shared/dates';

const LEAD_STATES = ['new', 'accepted', 'working', 'won', 'lost'] as const;
const CONTACT_FIELDS = ['industry', 'persona', 'stage', 'segment', 'country', 'language', 'company'] as const;
const FIRST: Readonly<Record<ConditionKind, () => WrittenBranch>> = {
  click: () => ({ click: 'any' }),
  form: () => ({ form: 'any' }),
  reply: () => ({ reply: true }),
  event: () => ({ event: 'trial-started' }),
  lead: () => ({ lead: ['accepted'] }),
  list: () => ({ list: 'Customers' }),
  field: () => ({ field: 'industry', is: ['finance'] }),
  date: () => ({ date: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) }),
};

interface BranchFieldsProps {
  readonly label: string;
  /** Label of the remove button. */
  readonly removal: string;
  readonly way: WrittenBranch;
  readonly choices: Choices;
  /** Possible target steps; undefined for a condition without a target. */
  readonly targets?: readonly { readonly value: string; readonly label: string }[];
  readonly onWrite: (way: WrittenBranch) => void;
  /** Undefined for the only condition. */
  readonly onRemove: (() => void) | undefined;
  readonly children?: ReactNode;
}

/** One condition, and its target step. */
export function BranchFields(props: BranchFieldsProps) {
  const { label, removal, way, choices, targets, onWrite, onRemove, children } = props;
  const { t } = useTranslation();
  const kind = CONDITIONS.find((one) => way[one] !== undefined) ?? 'reply';
  const { then } = way;
  const keep = (condition: WrittenBranch) => onWrite({ ...condition, ...(then === undefined ? {} : { then }) });
  return (
    <Paper withBorder p="sm" component="fieldset" m={0} aria-label={label}>
      <Stack gap="sm">
        {children}
        <Group align="flex-end" gap="sm" wrap="nowrap">
          <NativeSelect
            label={t('steps.if')}
            value={kind}
            style={{ flexGrow: 1 }}
            onChange={({ currentTarget: { value } }) => keep(FIRST[value as ConditionKind]())}
            data={CONDITIONS.map((value) => ({ value, label: t(`steps.condition.${value}`) }))}
          />
          {onRemove !== undefined && (
            <ActionIcon size="lg" variant="default" aria-label={removal} onClick={onRemove}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
        <Details way={way} kind={kind} choices={choices} onWrite={keep} />
        {targets !== undefined && (
          <NativeSelect
            label={t('steps.thenTo')}
            value={then ?? ''}
            data={[...targets]}
            onChange={({ currentTarget: { value } }) => {
              const condition = Object.fromEntries(Object.entries(way).filter(([field]) => field !== 'then'));
              onWrite(value === '' ? condition : { ...condition, then: value });
            }}
          />
        )}
      </Stack>
    </Paper>
  );
}

interface DetailsProps {
  readonly way: WrittenBranch;
  readonly kind: ConditionKind;
  readonly choices: Choices;
  readonly onWrite: (way: WrittenBranch) => void;
}

function Details({ way, kind, choices, onWrite }: DetailsProps) {
  const { t } = useTranslation();
  const pages = useNamedOptions('pages', choices.pages);
  switch (kind) {
    case 'click':
      return <Named field="click" names={choices.links} way={way} onWrite={onWrite} />;
    case 'form':
      return <Named field="form" names={pages} way={way} onWrite={onWrite} />;
    case 'event':
      return (
        <BlurTextInput label={t('steps.field.event')} value={way.event ?? ''} onWrite={(event) => onWrite({ event })} />
      );
    case 'list':
      return (
        <BlurTextInput label={t('steps.field.list')} value={way.list ?? ''} onWrite={(list) => onWrite({ list })} />
      );
    case 'lead':
      return <LeadStates states={way.lead ?? []} onWrite={(lead) => onWrite({ lead })} />;
    case 'date':
      return (
        <DatePickerInput
          label={t('steps.field.date')}
          value={way.date ?? null}
          onChange={(date) => date !== null && onWrite({ date })}
        />
      );
    case 'field':
      return <FieldDetails way={way} onWrite={onWrite} />;
    case 'reply':
      return null;
  }
}

interface NamedProps extends Pick<DetailsProps, 'way' | 'onWrite'> {
  readonly field: 'click' | 'form';
  readonly names: readonly (string | { readonly value: string; readonly label: string })[];
}

/** Any link or page, or a certain one. */
function Named({ way, onWrite, field, names }: NamedProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t(`steps.field.${field}`)}
      value={way[field] ?? 'any'}
      data={[{ value: 'any', label: t('steps.any') }, ...names]}
      onChange={(event) => onWrite({ [field]: event.currentTarget.value })}
    />
  );
}

interface LeadStatesProps {
  readonly states: readonly string[];
  readonly onWrite: (states: readonly string[]) => void;
}

/** States of a lead, at least one. */
export function LeadStates({ states, onWrite }: LeadStatesProps) {
  const { t } = useTranslation();
  return (
    <TagsInput
      label={t('steps.field.lead')}
      data={[...LEAD_STATES]}
      value={[...states]}
      onChange={(written) => written.length > 0 && onWrite(written)}
    />
  );
}

interface FieldDetailsProps {
  readonly way: Pick<WrittenBranch, 'field' | 'is' | 'isNot'>;
  readonly onWrite: (way: Pick<WrittenBranch, 'field' | 'is' | 'isNot'>) => void;
}

/** A field of the contact, and the values that it is compared with. */
export function FieldDetails({ way, onWrite }: FieldDetailsProps) {
  const { t } = useTranslation();
  const { field = 'industry', is, isNot } = way;
  const values = [...(is ?? isNot ?? [])];
  const compare = isNot === undefined ? 'is' : 'isNot';
  return (
    <>
      <Group grow gap="sm">
        <NativeSelect
          label={t('steps.field.field')}
          value={field}
          data={CONTACT_FIELDS.map((value) => ({ value, label: t(`contact.field.${value}`) }))}
          onChange={(event) => onWrite({ field: event.currentTarget.value, [compare]: values })}
        />
        <NativeSelect
          label={t('steps.field.compare')}
          value={compare}
          data={[
            { value: 'is', label: t('steps.compare.is') },
            { value: 'isNot', label: t('steps.compare.isNot') },
          ]}
          onChange={(event) => onWrite({ field, [event.currentTarget.value]: values })}
        />
      </Group>
      <TagsInput
        label={t('steps.field.values')}
        value={values}
        onChange={(written) => written.length > 0 && onWrite({ field, [compare]: written })}
      />
    </>
  );
}
