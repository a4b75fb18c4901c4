import { Anchor, List, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttributeOfPartner } from '#contracts';
import { Loaded } from '../../shared/Page';
import { AttributeValuesForm } from '../../shared/partner-attributes/AttributeValuesForm';
import { useValueText } from '../../shared/partner-attributes/value-text';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { Section } from '../../shared/Section';
import { useCan } from '../../shared/session';
import { saveAttributesOfPartner, useAttributesOfPartner } from './api';

interface PartnerAttributesProps {
  readonly partnerId: string;
  readonly isEditable: boolean;
}

/** Attributes that the vendor keeps, as a form, and those of the partner, to read. */
export function PartnerAttributes({ partnerId, isEditable }: PartnerAttributesProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canEdit = useCan()('partners.manage') && isEditable;
  const attributes = useAttributesOfPartner(partnerId);
  return (
    <Section title={t('partnerPage.attributes')} text={t('partnerPage.attributesWhy')}>
      <Loaded query={attributes} height={120}>
        {({ items }) => {
          const own = items.filter(({ owner }) => owner === 'vendor');
          if (items.length === 0)
            return (
              <Text size="sm">
                {t('partnerPage.noAttributes')}{' '}
                <Anchor component={Link} to="/partner-attributes" size="sm">
                  {t('attributes.title')}
                </Anchor>
              </Text>
            );
          return (
            <>
              {own.length > 0 && (
                <AttributeValuesForm
                  about={`partner attributes ${partnerId}`}
                  attributes={own}
                  disabled={!canEdit}
                  onSave={async (changes) => {
                    await saveAttributesOfPartner(partnerId, changes);
                    await invalidate(client, queryKeys.partners, queryKeys.partnerGroups, queryKeys.partnerAttributes);
                  }}
                />
              )}
              <OfPartner attributes={items.filter(({ owner }) => owner === 'partner')} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function OfPartner({ attributes }: { readonly attributes: readonly AttributeOfPartner[] }) {
  const { t } = useTranslation();
  const valueText = useValueText();
  if (attributes.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t('partnerPage.keptByPartner')}
      </Text>
      <List size="sm">
        {attributes.map((attribute) => (
          <List.Item key={attribute.id}>
            {t('partnerPage.attribute', {
              name: attribute.name,
              value: attribute.value === null ? t('partnerPage.unknown') : valueText(attribute, attribute.value),
            })}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
