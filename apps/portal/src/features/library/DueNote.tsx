import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NO_FILTER, useAssets } from '../../shared/library/requests';

const STATES = ['expires-soon', 'review-due'] as const;
type Due = (typeof STATES)[number];

/** What expires soon or has to be reviewed; nothing if there is none. */
export function DueNote({ onShow }: { readonly onShow: (state: Due) => void }) {
  return STATES.map((state) => <OneState key={state} state={state} onShow={onShow} />);
}

function OneState({ state, onShow }: { readonly state: Due; readonly onShow: (state: Due) => void }) {
  const { t } = useTranslation();
  const { data = [] } = useAssets({ ...NO_FILTER, state });
  if (data.length === 0) return null;
  return (
    <Alert color="yellow" py="xs">
      <Group justify="space-between">
        <Text size="sm">{t(`library.due.${state}`, { count: data.length })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => onShow(state)}>
          {t('library.due.show')}
        </Button>
      </Group>
    </Alert>
  );
}
