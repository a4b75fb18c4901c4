import { Button, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PRODUCTS, PRODUCT_LENGTH } from '#contracts';

interface DealProductsProps {
  readonly products: readonly string[];
  readonly error: string | undefined;
  readonly onProducts: (products: readonly string[]) => void;
}

/** What is sold, by name. A button without any, because most deals are entered without. */
export function DealProducts({ products, error, onProducts }: DealProductsProps) {
  const { t } = useTranslation();
  const [hasAsked, ask] = useState(false);
  const [hadSome] = useState(products.length > 0);
  if (!hasAsked && !hadSome && error === undefined)
    return (
      <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'flex-start' }} onClick={() => ask(true)}>
        {t('deals.addProducts')}
      </Button>
    );
  return (
    <TagsInput
      label={t('deals.products')}
      description={t('deals.productsHow', { most: MAX_PRODUCTS })}
      // The button that had the focus is gone.
      autoFocus={hasAsked}
      value={[...products]}
      maxTags={MAX_PRODUCTS}
      maxLength={PRODUCT_LENGTH}
      // A comma may belong to a name.
      splitChars={[';']}
      error={error}
      onChange={onProducts}
    />
  );
}
