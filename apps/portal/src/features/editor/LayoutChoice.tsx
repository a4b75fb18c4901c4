import { Radio, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LazyOnView } from '../../shared/LazyOnView';
import { Loaded } from '../../shared/Page';
import { localised } from '../../shared/localised';
import { useCampaignLayouts } from '../../shared/shipped-layouts';
import { ShippedPicture } from '../../shared/ShippedPicture';

const HEIGHT = 150;

interface LayoutChoiceProps {
  readonly kind: 'email' | 'page';
  readonly layout: string;
  readonly onLayout: (layout: string) => void;
}

/** Chooses a layout by its picture. */
export function LayoutChoice({ kind, layout, onLayout }: LayoutChoiceProps) {
  const { t, i18n } = useTranslation();
  const layouts = useCampaignLayouts();
  return (
    <Loaded query={layouts} height={HEIGHT}>
      {({ items }) => (
        <Radio.Group value={layout} onChange={onLayout} label={t('newFile.layout')}>
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs" mt={4}>
            {items
              .filter((one) => one.kind === kind)
              .map(({ name, title }) => (
                <Radio.Card
                  key={name}
                  value={name}
                  radius="md"
                  aria-label={localised(title, i18n.language)}
                  style={{
                    overflow: 'hidden',
                    ...(name === layout
                      ? { outline: '2px solid var(--mantine-primary-color-filled)', outlineOffset: -1 }
                      : {}),
                  }}
                >
                  <LazyOnView height={HEIGHT}>
                    <ShippedPicture of="layout" name={name} kind={kind} height={HEIGHT} />
                  </LazyOnView>
                  <Text size="xs" fw={600} px="xs" py={6}>
                    {localised(title, i18n.language)}
                  </Text>
                </Radio.Card>
              ))}
          </SimpleGrid>
        </Radio.Group>
      )}
    </Loaded>
  );
}
