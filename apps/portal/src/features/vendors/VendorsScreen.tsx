import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBuildingFactory2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PartnerVendorView } from '#contracts';
import { Empty } from '../../shared/Empty';
import { Loaded, Page } from '../../shared/Page';
import { useVendors } from '../../shared/requests';
import { useFollowOwnTotals } from './api';
import { ServerConsents } from '../../shared/ServerConsents';
import { VendorTerms } from '../../shared/terms/VendorTermsNote';
import { LeaveVendor } from './LeaveVendor';
import { CompanyFacts } from './CompanyFacts';
import { OwnTier } from './OwnTier';
import { Distribution } from './Distribution';
import { OwnTotals } from './OwnTotals';

/** A partner's vendors: what each sees, and what the partner agreed to. */
export function VendorsScreen() {
  const { t } = useTranslation();
  const vendors = useVendors();
  useFollowOwnTotals();
  return (
    <Page title={t('vendors.title')} lead={t('vendors.lead')}>
      <Loaded query={vendors}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconBuildingFactory2} title={t('vendors.none')}>
              {t('vendors.noneText')}
            </Empty>
          ) : (
            <Stack gap="xl">
              {items.map((vendor) => (
                <Vendor key={vendor.vendorId} vendor={vendor} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function Vendor({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={vendor.vendorId}>
      <Stack>
        <Title order={2} size="h3" id={vendor.vendorId}>
          {vendor.name}
        </Title>
        {vendor.isMember && <Text size="sm">{t('vendors.sees', { vendor: vendor.name })}</Text>}
        {vendor.isMember && vendor.manager !== null && <Manager manager={vendor.manager} />}
        {vendor.isMember && vendor.distributor !== null && (
          <Text size="sm">{t('vendors.distributor', { name: vendor.distributor, vendor: vendor.name })}</Text>
        )}
        {vendor.terms !== null && <Terms vendor={vendor} />}
        {vendor.isMember && <OwnTier vendor={vendor} />}
        {vendor.isMember && <CompanyFacts vendor={vendor} />}
        {vendor.isMember && <Distribution vendor={vendor} />}
        {vendor.isMember && <Sharing vendor={vendor} />}
        <LeaveVendor vendor={vendor} />
      </Stack>
    </Paper>
  );
}

function Terms({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('vendorTerms.heading')}
      </Title>
      <VendorTerms vendor={vendor} />
    </Stack>
  );
}

/** Whom of the vendor the partner can ask. */
function Manager({ manager: { name, email } }: { readonly manager: NonNullable<PartnerVendorView['manager']> }) {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      {t('vendors.manager', { name })}{' '}
      <Anchor href={`mailto:${email}`} size="sm">
        {email}
      </Anchor>
    </Text>
  );
}

/** What the vendor sees, and the servers that the partner has agreed to. */
function Sharing({ vendor }: { readonly vendor: PartnerVendorView }) {
  const { t } = useTranslation();
  return (
    <>
      <OwnTotals vendor={vendor} />
      <Title order={3} size="h4">
        {t('vendors.servers')}
      </Title>
      {vendor.servers.length === 0 && <Text size="sm">{t('vendors.platform', { vendor: vendor.name })}</Text>}
      <ServerConsents vendor={vendor} />
    </>
  );
}
