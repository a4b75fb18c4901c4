import { Box, Group, NumberInput, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KitPart, type KitPartProps } from './KitPart';

const STANDARD = { radius: 6, paddingX: 24, paddingY: 12, isBold: true } as const;

interface KitButtonProps extends KitPartProps {
  readonly primary: string | null;
  readonly onPrimary: string | null;
}

/** The form of new buttons. Their colour is that of the partner. */
export function KitButton({ design: { button }, isLocked, onDesign, primary, onPrimary }: KitButtonProps) {
  const { t } = useTranslation();
  const sizes = [
    ['radius', 40],
    ['paddingX', 60],
    ['paddingY', 40],
  ] as const;
  return (
    <KitPart title={t('kitDesign.button')} why={t('kitDesign.buttonWhy')}>
      <Switch
        label={t('kitDesign.ownButton')}
        checked={button !== null}
        disabled={isLocked}
        onChange={(event) => onDesign({ button: event.currentTarget.checked ? STANDARD : null })}
      />
      {button !== null && (
        <>
          <Group grow align="flex-end">
            {sizes.map(([name, most]) => (
              <NumberInput
                key={name}
                label={t(`kitDesign.buttonPart.${name}`)}
                suffix=" px"
                min={0}
                max={most}
                allowDecimal={false}
                value={button[name]}
                disabled={isLocked}
                onChange={(value) => typeof value === 'number' && onDesign({ button: { ...button, [name]: value } })}
              />
            ))}
          </Group>
          <Switch
            label={t('kitDesign.bold')}
            checked={button.isBold}
            disabled={isLocked}
            onChange={(event) => onDesign({ button: { ...button, isBold: event.currentTarget.checked } })}
          />
          <Box>
            <Box
              component="span"
              style={{
                display: 'inline-block',
                background: primary ?? '#0f766e',
                color: onPrimary ?? '#ffffff',
                borderRadius: button.radius,
                padding: `${button.paddingY}px ${button.paddingX}px`,
                fontWeight: button.isBold ? 700 : 400,
              }}
            >
              {t('kitDesign.buttonSample')}
            </Box>
          </Box>
        </>
      )}
    </KitPart>
  );
}
