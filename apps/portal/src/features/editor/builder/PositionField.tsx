import { NativeSelect } from '@mantine/core';
import { type SourceElement, stylesOf } from '#template-source';
import { useTranslation } from 'react-i18next';
import { withStyles } from './acts';
import type { Builder } from './use-builder';

/** Margins that put a picture or button to a side of its section. */
const MARGINS = {
  left: { 'margin-left': '0', 'margin-right': 'auto' },
  center: { 'margin-left': 'auto', 'margin-right': 'auto' },
  right: { 'margin-left': 'auto', 'margin-right': '0' },
} as const;
const NONE = { 'margin-left': null, 'margin-right': null } as const;
type Position = keyof typeof MARGINS;
const POSITIONS: readonly Position[] = ['left', 'center', 'right'];

interface PositionFieldProps {
  readonly builder: Builder;
  readonly block: SourceElement;
}

/** Where a picture or button is in its section. */
export function PositionField({ builder, block }: PositionFieldProps) {
  const { t } = useTranslation();
  const { template, source, perform } = builder;
  const styles = stylesOf(source, block);
  const value = POSITIONS.find((position) =>
    Object.entries(MARGINS[position]).every(([name, margin]) => styles.get(name) === margin),
  );
  const write = (position: Position | undefined): void => {
    if (position === undefined) perform(withStyles(template, block, NONE));
    else perform(withStyles(template, block, { display: 'block', ...fitting(block), ...MARGINS[position] }));
  };
  return (
    <NativeSelect
      label={t('builder.field.align')}
      value={value ?? ''}
      data={[
        { value: '', label: t('builder.inherited') },
        ...POSITIONS.map((position) => ({ value: position, label: t(`builder.option.${position}`) })),
      ]}
      onChange={({ currentTarget }) => write(POSITIONS.find((one) => one === currentTarget.value))}
    />
  );
}

/** A button as wide as its words. A picture has a width of its own. */
const fitting = ({ name }: SourceElement): Record<string, string> => (name === 'img' ? {} : { width: 'fit-content' });
