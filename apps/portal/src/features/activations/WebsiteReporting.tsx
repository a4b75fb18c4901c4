import { Code, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../shared/CopyField';
import { Loaded } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useCan } from '../../shared/session';
import { saveWebsiteReporting, useWebsiteReporting } from './api';

/** Whether the partner's website reports what known contacts do there, and the code for it. */
export function WebsiteReporting() {
  const { t } = useTranslation();
  const can = useCan();
  const client = useQueryClient();
  const reporting = useWebsiteReporting();
  const save = useMutation({
    mutationFn: saveWebsiteReporting,
    onSuccess: (saved) => client.setQueryData(['website-reporting'], saved),
  });
  return (
    <Loaded query={reporting} height={200}>
      {({ isOn, code }) => (
        <Stack>
          <Text size="sm">{t('embeds.visits.text')}</Text>
          <Switch
            label={t('embeds.visits.switch')}
            description={t('embeds.visits.switchText')}
            checked={save.isPending ? save.variables : isOn}
            disabled={!can('brand.edit') || save.isPending}
            onChange={(event) => save.mutate(event.currentTarget.checked)}
          />
          <ProblemNote error={save.error} />
          <CopyField label={t('embeds.code')} text={code} />
          <Text size="sm">
            {t('embeds.visits.consent')} <Code>throughline.consent(true)</Code>
          </Text>
          <Text size="sm">
            {t('embeds.visits.event')} <Code>throughline.event('demo-requested')</Code>
          </Text>
        </Stack>
      )}
    </Loaded>
  );
}
