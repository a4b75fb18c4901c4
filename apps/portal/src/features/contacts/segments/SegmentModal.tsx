import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactList, SegmentRule } from '#contracts';
import { Dialog } from '../../../shared/Dialog';
import { useFieldErrors } from '../../../shared/field-errors';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../../shared/query-keys';
import { createContactList, updateContactList, useSegmentCount } from '../api';
import { useCampaigns } from './campaigns';
import { ConditionForm } from './ConditionForm';
import { isComplete, newCondition } from './condition';

/** Pause in typing before the contacts are counted again. */
const SETTLED_MS = 300;
const MAX_CONDITIONS = 20;

interface SegmentModalProps {
  /** The segment to change, or `new`. Null: closed. */
  readonly editing: ContactList | 'new' | null;
  readonly onClose: () => void;
}

/** Makes a segment, or changes name and rule of one. */
export function SegmentModal({ editing, onClose }: SegmentModalProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={editing !== null}
      onClose={onClose}
      size="lg"
      title={editing === null || editing === 'new' ? t('segments.add') : t('segments.editOf', { name: editing.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {editing !== null && <SegmentForm editing={editing} onDone={onClose} />}
    </Dialog>
  );
}

const EMPTY: SegmentRule = { match: 'all', conditions: [newCondition('field')] };

function SegmentForm({ editing, onDone }: { readonly editing: ContactList | 'new'; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(editing === 'new' ? '' : editing.name);
  const [rule, setRule] = useState<SegmentRule>(editing === 'new' ? EMPTY : (editing.rule ?? EMPTY));
  const save = useMutation({
    mutationFn: () =>
      editing === 'new' ? createContactList({ name, rule }) : updateContactList(editing.id, { name, rule }),
    onSuccess: async (saved) => {
      notifications.show({ color: 'teal', message: t('segments.saved', { name: saved.name }) });
      await invalidate(client, queryKeys.contactLists, queryKeys.contacts, queryKeys.audience, queryKeys.dryRuns);
      onDone();
    },
  });
  const errors = useFieldErrors(save.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t('segments.name')}
          required
          maxLength={200}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors['name']}
        />
        <RuleForm rule={rule} onRule={setRule} errors={errors} />
        <LiveCount rule={rule} />
        <ProblemNote error={save.error} />
        <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || !isComplete(rule)}>
          {t('segments.save')}
        </Button>
      </Stack>
    </form>
  );
}

interface RuleFormProps {
  readonly rule: SegmentRule;
  readonly onRule: (rule: SegmentRule) => void;
  /** By field of the request: `rule.conditions[0].is`. */
  readonly errors: Readonly<Record<string, string>>;
}

function RuleForm({ rule, onRule, errors }: RuleFormProps) {
  const { t } = useTranslation();
  const campaigns = useCampaigns();
  const { match, conditions } = rule;
  const errorOf = (at: number) =>
    Object.entries(errors).find(([field]) => field.startsWith(`rule.conditions[${at}].`))?.[1];
  return (
    <Stack component="fieldset" gap="sm" m={0} p={0} style={{ border: 0, minWidth: 0 }}>
      <NativeSelect
        label={t('segments.who')}
        value={match}
        data={(['all', 'any'] as const).map((value) => ({ value, label: t(`segments.match.${value}`) }))}
        onChange={({ currentTarget: { value } }) => onRule({ ...rule, match: value === 'any' ? 'any' : 'all' })}
      />
      {conditions.map((condition, at) => (
        <ConditionForm
          // Conditions have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          condition={condition}
          campaigns={campaigns}
          error={errorOf(at)}
          onChange={(changed) => onRule({ ...rule, conditions: conditions.with(at, changed) })}
          onRemove={conditions.length === 1 ? null : () => onRule({ ...rule, conditions: conditions.toSpliced(at, 1) })}
        />
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={conditions.length >= MAX_CONDITIONS}
          onClick={() => onRule({ ...rule, conditions: [...conditions, newCondition('field')] })}
        >
          {t('segments.addCondition')}
        </Button>
      </Group>
    </Stack>
  );
}

/** How many contacts the rule matches now; the last number while it is counted. */
function LiveCount({ rule }: { readonly rule: SegmentRule }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [settled] = useDebouncedValue(rule, SETTLED_MS);
  const counted = useSegmentCount(settled, isComplete(settled));
  const isCurrent = settled === rule && !counted.isPlaceholderData && counted.data !== undefined;
  return (
    <>
      <Text fw={600} role="status" c={isCurrent ? undefined : 'dimmed'}>
        {!isComplete(rule)
          ? t('segments.incomplete')
          : counted.data === undefined
            ? t('segments.counting')
            : t('segments.matches', { count: counted.data.count, number: format.number(counted.data.count) })}
      </Text>
      <ProblemNote error={counted.error} />
      <Text size="sm" c="dimmed">
        {t('segments.follows')}
      </Text>
    </>
  );
}
