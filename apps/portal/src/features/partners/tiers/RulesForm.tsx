import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerAttributeView, Tier, TierRulesView } from '#contracts';
import { useDraftForm } from '../../../shared/draft-form';
import { useFormat } from '../../../shared/format';
import { NumberField } from '../../../shared/NumberField';
import { RestoredDraftNote } from '../../../shared/RestoredDraftNote';
import { useCan } from '../../../shared/session';
import { moved, newTier, startingTiers } from './edited-tiers';
import { RulesPreview } from './RulesPreview';
import { TierFields } from './TierFields';

const MAX_TIERS = 10;

interface RulesFormProps {
  readonly saved: TierRulesView;
  readonly attributes: readonly PartnerAttributeView[];
  /** Tiers that partners have, for the first rules. */
  readonly known: readonly string[];
}

/** Edits the rules of all tiers. They are saved from their preview. */
export function RulesForm({ saved, attributes, known }: RulesFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const canEdit = useCan()('partners.edit');
  const [isPreviewed, setPreviewed] = useState(false);
  const isFirst = saved.version === '0';
  const { form, isUnsaved, forget, discard } = useDraftForm({
    about: 'tier rules',
    saved: {
      isOn: isFirst || saved.isOn,
      // '' while the field is empty.
      graceDays: saved.graceDays as number | '',
      tiers: isFirst ? startingTiers(known, t('tiers.lowest')) : saved.tiers,
    },
  });
  const { isOn, graceDays, tiers } = form.values;
  const setTiers = (changed: Tier[]): void => form.setFieldValue('tiers', changed);
  return (
    <form onSubmit={form.onSubmit(() => setPreviewed(true))}>
      <fieldset disabled={!canEdit} style={{ border: 0, margin: 0, minWidth: 0, padding: 0 }}>
        <Stack>
          <Switch label={t('tiers.isOn')} description={t('tiers.isOnWhy')} disabled={!canEdit} {...onOff(isOn, form)} />
          <NumberField
            label={t('tiers.grace')}
            description={t('tiers.graceWhy')}
            unit={t('tiers.days')}
            min={0}
            max={365}
            required
            maw={320}
            value={graceDays}
            onChange={(days) => form.setFieldValue('graceDays', days)}
          />
          <Alert color="blue">{t('tiers.seen')}</Alert>
          {tiers.map((tier, at) => (
            <TierFields
              // Tiers have no identity but their place: a name may be typed letter by letter.
              // oxlint-disable-next-line react/no-array-index-key
              key={at}
              tier={tier}
              at={at}
              count={tiers.length}
              attributes={attributes}
              onChange={(changed) => setTiers(tiers.with(at, changed))}
              onMove={(to) => setTiers(moved(tiers, at, to))}
              onRemove={() => setTiers(tiers.toSpliced(at, 1))}
            />
          ))}
          {canEdit && (
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlus size={16} aria-hidden />}
                disabled={tiers.length >= MAX_TIERS}
                onClick={() => setTiers([newTier(''), ...tiers])}
              >
                {t('tiers.add')}
              </Button>
              <Button type="submit">{t('tiers.preview')}</Button>
            </Group>
          )}
          <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
          {saved.savedAt !== null && (
            <Text size="xs" c="dimmed">
              {t('tiers.savedBy', {
                number: saved.version,
                name: saved.savedBy ?? '',
                at: format.moment(saved.savedAt),
                day: saved.evaluatedOn === null ? t('tiers.never') : format.date(saved.evaluatedOn),
              })}
            </Text>
          )}
        </Stack>
      </fieldset>
      {isPreviewed && (
        <RulesPreview
          rules={{ isOn, graceDays: graceDays === '' ? 0 : graceDays, tiers }}
          version={saved.version}
          onClose={() => setPreviewed(false)}
          onSaved={() => {
            forget();
            setPreviewed(false);
          }}
        />
      )}
    </form>
  );
}

const onOff = (isOn: boolean, form: { setFieldValue: (field: 'isOn', value: boolean) => void }) => ({
  checked: isOn,
  onChange: ({ currentTarget }: { currentTarget: { checked: boolean } }) =>
    form.setFieldValue('isOn', currentTarget.checked),
});
