import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PageState } from './use-canvas';

interface StateSwitchProps {
  readonly state: PageState;
  readonly onChoose: (state: PageState) => void;
}

/** Shows the page, or what its reader sees after the form was sent. */
export function StateSwitch({ state, onChoose }: StateSwitchProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      mb={6}
      aria-label={t('builder.form.shown')}
      value={state}
      data={[
        { value: 'open', label: t('builder.form.page') },
        { value: 'sent', label: t('builder.form.after') },
      ]}
      onChange={(value) => onChoose(value === 'sent' ? 'sent' : 'open')}
    />
  );
}
