import { NativeSelect, TextInput } from '@mantine/core';
import { attributeOf, inheritedValue, keysIn, parseSource, type SourceElement, styleOf } from '#template-source';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAttribute, sourceOf, withAttributes, withStyles, withText } from './acts';
import { withPicture } from './library-picture-act';
import { type BlockField, type FieldKind, fieldsOf, lengthOf } from './block-fields';
import { colourUse, withTextColour } from './colour-match';
import { ColourField } from './ColourField';
import { PictureField } from './PictureField';
import { PositionField } from './PositionField';
import type { Builder } from './use-builder';
import type { PictureChoices } from './use-picture-choices';

/** What the campaign has to choose from. */
export interface Choices extends PictureChoices {
  readonly links: readonly string[];
}

interface InspectorFieldProps {
  readonly builder: Builder;
  readonly block: SourceElement;
  readonly field: BlockField;
  readonly choices: Choices;
}

const OPTIONS = {
  align: ['left', 'center', 'right'],
  valign: ['top', 'middle', 'bottom'],
  surface: ['light', 'dark', 'brand'],
} as const satisfies Partial<Record<FieldKind, readonly string[]>>;

/** One attribute of a block. Empty means: as the e-mail's styles say. */
export function InspectorField({ builder, block, field: { name, kind, isStyle }, choices }: InspectorFieldProps) {
  const { t } = useTranslation();
  const { template, source, perform } = builder;
  const isOfStyle = isStyle === true;
  const valueOf = (one: string, of = template, at = block): string =>
    (isOfStyle ? styleOf(sourceOf(of), at, one) : readAttribute(of, at, one)) ?? '';
  const value = valueOf(name);
  const hasTextColour = fieldsOf(source, block).some((field) => field.name === 'color');
  const inherited = inheritedValue(source, parseSource(source), block, name) ?? '';
  const write = (written: string): void =>
    perform((now, at) => {
      const before = { background: valueOf(name, now, at), text: valueOf('color', now, at) };
      const values = {
        [name]: written === '' ? null : written,
        ...(hasTextColour ? withTextColour(name, written, before) : {}),
      };
      return isOfStyle ? withStyles(now, at, values) : withAttributes(now, at, values);
    });
  if (kind === 'position') return <PositionField builder={builder} block={block} />;
  const label = t(`builder.field.${name as 'padding'}`);
  if (kind === 'colour')
    return <ColourField label={label} use={colourUse(name)} value={value} inherited={inherited} onWrite={write} />;
  if (kind === 'picture')
    return (
      <PictureField
        label={label}
        value={value}
        choices={choices}
        onWrite={(path, alt) => perform(withPicture(template, block, path, name, alt))}
      />
    );
  if (kind === 'alt') return <AltField builder={builder} block={block} label={label} value={value} />;
  if (kind === 'length') return <LengthField label={label} value={value} inherited={inherited} onWrite={write} />;
  const options =
    kind === 'link'
      ? linkOptions(choices.links, value, t('builder.noLink'))
      : [
          { value: '', label: t('builder.inherited') },
          ...OPTIONS[kind].map((option) => ({ value: option, label: t(`builder.option.${option}`) })),
        ];
  return (
    <NativeSelect
      label={label}
      value={value}
      data={options}
      onChange={({ currentTarget }) => write(currentTarget.value)}
    />
  );
}

/** Links to choose from, and the current one if it is none of them. */
export function linkOptions(links: readonly string[], value: string, none: string) {
  const known = links.map((link) => ({ value: `{{links.${link}}}`, label: link }));
  const own = value === '' || known.some((one) => one.value === value) ? [] : [{ value, label: value }];
  return [{ value: '', label: none }, ...known, ...own];
}

interface LengthFieldProps {
  readonly label: string;
  readonly value: string;
  readonly inherited: string;
  readonly onWrite: (value: string) => void;
}

function LengthField({ label, value, inherited, onWrite }: LengthFieldProps) {
  const { t } = useTranslation();
  const [isWrong, setWrong] = useState(false);
  return (
    <TextInput
      key={value}
      label={label}
      placeholder={inherited}
      defaultValue={value}
      error={isWrong && t('builder.lengthWrong')}
      onBlur={({ currentTarget }) => {
        const written = currentTarget.value.trim();
        const length = written === '' ? '' : lengthOf(written);
        setWrong(length === null);
        if (length !== null && length !== value) onWrite(length);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

type AltFieldProps = Pick<InspectorFieldProps, 'builder' | 'block'> & Pick<LengthFieldProps, 'label' | 'value'>;

/** The text for readers who do not see a picture, in the shown language. */
function AltField({ builder, block, label, value }: AltFieldProps) {
  const { t } = useTranslation();
  const { template, source, perform } = builder;
  const [only] = keysIn(attributeOf(source, block, 'alt') ?? '');
  return (
    <TextInput
      key={`${template.locale} ${value}`}
      label={label}
      description={t('builder.altWhy')}
      defaultValue={value}
      onBlur={({ currentTarget: { value: written } }) => {
        if (written === value) return;
        const text = only === undefined ? null : ({ kind: 'copy', key: only.key } as const);
        perform(
          text === null ? withAttributes(template, block, { alt: written }) : withText(template, block, text, written),
        );
      }}
    />
  );
}
