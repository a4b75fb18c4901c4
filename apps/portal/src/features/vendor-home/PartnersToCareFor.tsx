import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CareKind, PartnerCare, VendorHome } from '#contracts';
import { useFormat } from '../../shared/format';
import { Section } from '../../shared/Section';

/** Where all partners of a reason are; null: among all others, by their engagement. */
const LISTS: Readonly<Record<CareKind, string | null>> = {
  'silent-invitation': '/partners?progress=invited',
  'never-launched': '/partners?progress=accepted',
  'ended-launches': null,
  sending: '/partner-sending',
  'tier-drop': '/partner-tiers',
};

/** Partners that the vendor should talk to, by reason. */
export function PartnersToCareFor({ care }: Pick<VendorHome, 'care'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('vendorHome.care.title')} text={t('vendorHome.care.lead')}>
      {care.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('vendorHome.care.none')}
        </Text>
      ) : (
        <Stack gap="lg">
          {care.map((one) => (
            <Reason key={one.kind} care={one} />
          ))}
        </Stack>
      )}
      <Anchor component={Link} to="/partner-activity" size="sm">
        {t('vendorHome.care.activity')}
      </Anchor>
    </Section>
  );
}

function Reason({ care: { kind, count, partners } }: { readonly care: PartnerCare }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = LISTS[kind];
  const more = count - partners.length;
  return (
    <Stack gap={6}>
      <Title order={3} size="h4">
        {t(`vendorHome.care.kinds.${kind}`, { count })}
      </Title>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
        {partners.map(({ partnerId, name, on }) => (
          <li key={partnerId}>
            <Group gap="sm">
              <Anchor component={Link} to={`/partners/${partnerId}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
                {name}
              </Anchor>
              {on !== null && (
                <Text size="sm" c="dimmed">
                  {t(`vendorHome.care.on.${kind}`, { day: format.day(on) })}
                </Text>
              )}
            </Group>
          </li>
        ))}
      </Stack>
      {more > 0 && list === null && (
        <Anchor component={Link} to="/partner-activity" size="sm">
          {t('vendorHome.care.more', { count: more })}
        </Anchor>
      )}
      {list !== null && (
        <Anchor component={Link} to={list} size="sm">
          {t(`vendorHome.care.lists.${kind}`)}
        </Anchor>
      )}
    </Stack>
  );
}
