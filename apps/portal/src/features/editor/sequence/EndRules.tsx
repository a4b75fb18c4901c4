import { Button, Input, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BlurTextInput } from '../BlurTextInput';
import { freeWord } from './steps';
import type { RulesProps } from './SequenceRules';
import { BranchFields } from './BranchFields';

/**
 * The default exits, as in libs/sequencing/src/exclusion.ts: a reply, a lead, a
 * won deal.
 */
const UNSAID = [{ reply: true }, { lead: ['new', 'accepted', 'working', 'won'] }] as const;

/**
 * What ends the enrolment of a contact.
 * Unsubscribes, bounces and complaints always do.
 */
export function Exits({ rules: { exits }, choices, onWrite }: RulesProps) {
  const { t } = useTranslation();
  const shown = exits ?? UNSAID;
  return (
    <Input.Wrapper label={t('rules.exits')} description={t('rules.exitsWhy')} labelElement="div">
      <Stack gap="xs" mt={6} align="stretch">
        {shown.map((exit, at) => (
          <BranchFields
            key={at}
            label={t('rules.exit', { number: at + 1 })}
            removal={t('rules.removeExit', { number: at + 1 })}
            way={exit}
            choices={choices}
            onWrite={(written) =>
              onWrite(
                'exits',
                shown.map((other, place) => (place === at ? written : other)),
              )
            }
            onRemove={() =>
              onWrite(
                'exits',
                shown.filter((_, place) => place !== at),
              )
            }
          />
        ))}
        {shown.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('rules.noExit')}
          </Text>
        )}
        <Add label={t('rules.addExit')} onAdd={() => onWrite('exits', [...shown, { list: 'Customers' }])} />
      </Stack>
    </Input.Wrapper>
  );
}

/**
 * Goals of a sequence.
 * A goal counts once per contact, and by default ends the enrolment.
 */
export function Goals({ rules: { goals = [] }, choices, onWrite }: RulesProps) {
  const { t } = useTranslation();
  const change = (at: number, goal: (typeof goals)[number]) =>
    onWrite(
      'goals',
      goals.map((other, place) => (place === at ? goal : other)),
    );
  return (
    <Input.Wrapper label={t('rules.goals')} description={t('rules.goalsWhy')} labelElement="div">
      <Stack gap="xs" mt={6} align="stretch">
        {goals.map((goal, at) => {
          const keys = goals.map(({ key }) => key);
          return (
            <Goal
              key={goal.key}
              goal={goal}
              takenKeys={keys}
              choices={choices}
              onChange={(changed) => change(at, changed)}
              onRemove={() =>
                onWrite(
                  'goals',
                  goals.filter((_, place) => place !== at),
                )
              }
            />
          );
        })}
        <Add
          label={t('rules.addGoal')}
          onAdd={() => {
            const taken = goals.map(({ key }) => key);
            onWrite('goals', [...goals, { key: freeWord(taken, 'goal'), form: 'any' }]);
          }}
        />
      </Stack>
    </Input.Wrapper>
  );
}

type WrittenGoal = NonNullable<RulesProps['rules']['goals']>[number];

interface GoalProps extends Pick<RulesProps, 'choices'> {
  readonly goal: WrittenGoal;
  readonly takenKeys: readonly string[];
  readonly onChange: (goal: WrittenGoal) => void;
  readonly onRemove: () => void;
}

function Goal({ goal, takenKeys, choices, onChange, onRemove }: GoalProps) {
  const { t } = useTranslation();
  const { key, ends, ...condition } = goal;
  const kept = { key, ...(ends === undefined ? {} : { ends }) };
  return (
    <BranchFields
      label={t('rules.goal', { name: key })}
      removal={t('rules.removeGoal', { name: key })}
      way={condition}
      choices={choices}
      onWrite={(written) => onChange({ ...kept, ...written })}
      onRemove={onRemove}
    >
      <BlurTextInput
        label={t('steps.field.key')}
        value={key}
        onWrite={(word) => {
          if (!takenKeys.includes(word)) onChange({ ...goal, key: word });
        }}
      />
      <Switch
        label={t('rules.goalEnds')}
        checked={ends !== false}
        onChange={(event) => onChange({ ...condition, key, ends: event.currentTarget.checked })}
      />
    </BranchFields>
  );
}

function Add({ label, onAdd }: { readonly label: string; readonly onAdd: () => void }) {
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlus size={14} aria-hidden />}
      style={{ alignSelf: 'flex-start' }}
      onClick={onAdd}
    >
      {label}
    </Button>
  );
}
