import { Alert, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PartnerAttributeView, TierRulesView } from '#contracts';
import { useDraftForm } from '../../../shared/draft-form';
import { useFormat } from '../../../shared/format';
import { NumberField } from '../../../shared/NumberField';
import { RestoredDraftNote } from '../../../shared/RestoredDraftNote';
import { useCan } from '../../../shared/session';
import { newTier, startingTiers } from './edited-tiers';
import { RulesPreview } from './RulesPreview';
import { TierList } from './TierList';

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
  const canEdit = useCan()('partners.edit');
  const [isPreviewed, setPreviewed] = useState(false);
  const { form, isUnsaved, forget, discard } = useRulesForm(saved, known);
  const { isOn, graceDays, tiers } = form.values;
  return (
    <form onSubmit={form.onSubmit(() => setPreviewed(true))}>
      <fieldset disabled={!canEdit} style={{ border: 0, margin: 0, minWidth: 0, padding: 0 }}>
        <Stack>
          <Switch
            label={t('tiers.isOn')}
            description={t('tiers.isOnWhy')}
            {...form.getInputProps('isOn', { type: 'checkbox' })}
          />
          <NumberField
            label={t('tiers.grace')}
            description={t('tiers.graceWhy')}
            unit={t('tiers.days')}
            min={0}
            max={365}
            required
            maw={320}
            {...form.getInputProps('graceDays')}
          />
          <Alert color="blue">{t('tiers.seen')}</Alert>
          <TierList
            tiers={tiers}
            attributes={attributes}
            onChange={(changed) => form.setFieldValue('tiers', changed)}
          />
          {canEdit && (
            <Group>
              <Button
                variant="default"
                leftSection={<IconPlus size={16} aria-hidden />}
                disabled={tiers.length >= MAX_TIERS}
                onClick={() => form.setFieldValue('tiers', [newTier(''), ...tiers])}
              >
                {t('tiers.add')}
              </Button>
              <Button type="submit">{t('tiers.preview')}</Button>
            </Group>
          )}
          <RestoredDraftNote isUnsaved={isUnsaved} onDiscard={discard} />
          <LastSave saved={saved} />
        </Stack>
      </fieldset>
      {isPreviewed && (
        <RulesPreview
          rules={{ isOn, graceDays, tiers }}
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

/** The saved rules; before the first ones, tiers that partners have, switched on. */
function useRulesForm(saved: TierRulesView, known: readonly string[]) {
  const { t } = useTranslation();
  const isFirst = saved.version === '0';
  return useDraftForm({
    about: 'tier rules',
    saved: {
      isOn: isFirst || saved.isOn,
      graceDays: saved.graceDays,
      tiers: isFirst ? startingTiers(known, t('tiers.lowest')) : saved.tiers,
    },
  });
}

/** Nothing before the first. */
function LastSave({ saved: { version, savedBy, savedAt, evaluatedOn } }: Pick<RulesFormProps, 'saved'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (savedAt === null) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('tiers.savedBy', {
        number: version,
        name: savedBy ?? '',
        at: format.moment(savedAt),
        day: evaluatedOn === null ? t('tiers.never') : format.date(evaluatedOn),
      })}
    </Text>
  );
}
