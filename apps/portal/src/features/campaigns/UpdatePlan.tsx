import { Badge, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VersionUpdatesView } from '#contracts';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { firstWords, titleOf } from './step-title';

type Plan = VersionUpdatesView['plans'][number];
type Change = Plan['steps'][number]['change'];

const COLOURS = { unchanged: 'gray', changed: 'yellow', new: 'teal', removed: 'red' } as const satisfies Record<
  Change,
  string
>;

/** What a version changes of an earlier one that partners run: its steps and slots by their names. */
export function UpdatePlan({ plan }: { readonly plan: Plan }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { number, partners, activations, steps, slots, isReordered } = plan;
  const mustFill = slots.filter(({ change, required }) => change === 'new' && required);
  const noteOn = ({ change, maxChars, formerMaxChars }: Plan['slots'][number]): string =>
    change === 'changed' && formerMaxChars !== null && formerMaxChars !== maxChars
      ? t('versionUpdate.limit', { count: maxChars, before: format.number(formerMaxChars) })
      : '';
  const differsNote = ({ change, differs }: Plan['steps'][number]): string =>
    change === 'changed' ? differs.map((part) => t(`versionUpdate.differs.${part}`)).join(', ') : '';
  return (
    <Stack gap="xs">
      <Text fw={600}>
        {t('versionUpdate.ofVersion', { number, partners: t('versionUpdate.partners', { count: partners }) })}{' '}
        {activations > partners && t('versionUpdate.campaigns', { count: activations })}
      </Text>
      <Changes
        title={t('versionUpdate.steps')}
        items={steps.map((step) => ({
          key: step.key,
          name: titleOf(t, step, firstWords(localised(step.title, i18n.language)) || step.key),
          change: step.change,
          note: differsNote(step),
        }))}
      />
      {slots.length > 0 && (
        <Changes
          title={t('versionUpdate.slots')}
          items={slots.map((slot) => ({
            key: slot.name,
            name: localised(slot.label, i18n.language) || slot.name,
            change: slot.change,
            note: noteOn(slot),
          }))}
        />
      )}
      {isReordered && <Text size="sm">{t('versionUpdate.reordered')}</Text>}
      {mustFill.length > 0 && <Text size="sm">{t('versionUpdate.mustFill', { count: mustFill.length })}</Text>}
    </Stack>
  );
}

interface Item {
  readonly key: string;
  readonly name: string;
  readonly change: Change;
  readonly note: string;
}

interface ChangesProps {
  readonly title: string;
  readonly items: readonly Item[];
}

function Changes({ title, items }: ChangesProps) {
  const { t } = useTranslation();
  const same = items.filter(({ change }) => change === 'unchanged').length;
  return (
    <div>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <List size="sm" spacing={2}>
        {items
          .filter(({ change }) => change !== 'unchanged')
          .map(({ key, name, change, note }) => (
            <List.Item key={key}>
              {name}{' '}
              <Badge size="sm" variant="light" tt="none" color={COLOURS[change]}>
                {t(`versionUpdate.change.${change}`)}
              </Badge>{' '}
              {note}
            </List.Item>
          ))}
        {same > 0 && <List.Item>{t('versionUpdate.unchanged', { count: same })}</List.Item>}
      </List>
    </div>
  );
}
