import { Anchor, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../shared/Page';
import { useCan, useSession } from '../shared/session';
import { type Setting, SETTING_GROUPS, settingsOf } from './menu';

/** Screens that are used once in a while, by subject. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const can = useCan();
  const kind = useSession().organisation?.kind === 'vendor' ? 'vendor' : 'partner';
  const shown = settingsOf(kind).filter(({ needs }) => can(needs));
  return (
    <Page title={t('nav.settings')} lead={t('settings.lead')}>
      {SETTING_GROUPS.map((group) => {
        const own = shown.filter((setting) => setting.group === group);
        return own.length === 0 ? null : (
          <Stack key={group} component="section" aria-labelledby={group} gap="sm">
            <Title order={2} id={group}>
              {t(`settings.groups.${group}`)}
            </Title>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {own.map((setting) => (
                <SettingCard key={setting.to} setting={setting} />
              ))}
            </SimpleGrid>
          </Stack>
        );
      })}
    </Page>
  );
}

function SettingCard({ setting: { to, label, icon: Sign, text } }: { readonly setting: Setting }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Sign size={22} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
        <div>
          <Anchor component={Link} to={to} fw={600}>
            {t(label)}
          </Anchor>
          <Text size="sm" c="dimmed">
            {t(`settings.text.${text}`)}
          </Text>
        </div>
      </Group>
    </Paper>
  );
}
