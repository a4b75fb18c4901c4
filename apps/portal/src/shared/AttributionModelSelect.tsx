import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ATTRIBUTION_MODELS, type AttributionModelName } from '#contracts';

interface AttributionModelSelectProps {
  readonly model: AttributionModelName;
  /** Of time decay. */
  readonly halfLifeDays: number;
  readonly onModel: (model: AttributionModelName) => void;
}

/** Chooses how deals are divided among touches, and says what that means. */
export function AttributionModelSelect({ model, halfLifeDays, onModel }: AttributionModelSelectProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      maw={480}
      label={t('attribution.model')}
      description={t(`attribution.how.${model}`, { count: halfLifeDays })}
      value={model}
      data={ATTRIBUTION_MODELS.map((value) => ({ value, label: t(`attribution.models.${value}`) }))}
      onChange={(event) => onModel(ATTRIBUTION_MODELS.find((one) => one === event.currentTarget.value) ?? model)}
    />
  );
}
