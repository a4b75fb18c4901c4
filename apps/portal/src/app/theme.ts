import { createTheme, type CSSVariablesResolver, type MantineThemeOverride } from '@mantine/core';
import type { PickerLocale } from '../shared/picker-locale';

/**
 * The dialog header is not a banner landmark.
 * The close button needs a label.
 */
const dialog = (close: string) => ({
  closeButtonProps: { 'aria-label': close },
  attributes: { header: { role: 'presentation' } },
});

/** Labels of a date picker's buttons and of its dialog. */
interface PickerLabels {
  readonly dialog: string;
  readonly previous: string;
  readonly next: string;
  readonly done: string;
}

/** Labels of Mantine's own controls. */
interface ControlLabels {
  readonly close: string;
  readonly showPassword: string;
}

/**
 * Days of other months are hidden, and weekends have no colour: their contrast
 * is too low.
 */
const pickerDefaults = (locale: PickerLocale, { dialog: label, previous, next }: PickerLabels) => ({
  ...locale,
  highlightToday: true,
  hideOutsideDates: true,
  popoverProps: { attributes: { dropdown: { 'aria-label': label, 'aria-labelledby': undefined } } },
  previousLabel: previous,
  nextLabel: next,
  weekendDays: [],
});

/**
 * Portal theme.
 * Shade 7 has a contrast of 5.4 : 1 to white text.
 * @param labels of controls @param locale of date pickers
 * @param isTwelveHours 3 PM instead of 15:00 @param picker labels of date pickers
 */
export const createPortalTheme = (
  { close, showPassword }: ControlLabels,
  locale: PickerLocale,
  isTwelveHours: boolean,
  picker: PickerLabels,
): MantineThemeOverride =>
  createTheme({
    primaryColor: 'teal',
    respectReducedMotion: true,
    primaryShade: 7,
    autoContrast: true,
    defaultRadius: 'md',
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    headings: {
      fontFamily: "'Inter Variable', system-ui, sans-serif",
      fontWeight: '650',
      sizes: { h1: { fontSize: '1.75rem' }, h2: { fontSize: '1.25rem' }, h3: { fontSize: '1.05rem' } },
    },
    colors: {
      teal: [
        '#f0fdfa',
        '#ccfbf1',
        '#99f6e4',
        '#5eead4',
        '#2dd4bf',
        '#14b8a6',
        '#0d9488',
        '#0f766e',
        '#115e59',
        '#134e4a',
      ],
    },
    components: {
      Paper: { defaultProps: { radius: 'lg' } },
      Card: { defaultProps: { radius: 'lg' } },
      DatePickerInput: { defaultProps: { ...pickerDefaults(locale, picker), valueFormat: 'll' } },
      DateTimePicker: {
        defaultProps: {
          ...pickerDefaults(locale, picker),
          valueFormat: isTwelveHours ? 'lll' : 'll HH:mm',
          defaultTimeValue: '09:00',
          submitButtonProps: { 'aria-label': picker.done },
          timePickerProps: { format: isTwelveHours ? '12h' : '24h' },
        },
      },
      Month: { defaultProps: locale },
      PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': showPassword } } },
      // Most dialogs hold a form.
      // A click outside would discard the input.
      Modal: { defaultProps: { ...dialog(close), closeOnClickOutside: false } },
      Drawer: { defaultProps: dialog(close) },
      Notification: {
        defaultProps: { closeButtonProps: { 'aria-label': close } },
        styles: { description: { color: 'var(--mantine-color-dimmed)' } },
      },
      // The placeholder can take the focus and is no menu item, which a menu must not contain (ARIA).
      // Without it, the first item has the focus.
      Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
      // Focusable, so that it scrolls by keyboard.
      TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    },
  });

/**
 * Secondary text, placeholders and text on red reach 4.5 : 1 in both schemes
 * (WCAG 2.2, 1.4.3). Mantine's own colours do not.
 */
export const accessibleColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4b5563',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-body': '#fbfcfc',
    '--mantine-color-teal-light-color': '#115e59',
    '--mantine-color-yellow-light-color': '#8a4b00',
    '--mantine-color-red-light-color': '#b42318',
    '--mantine-color-blue-light-color': '#1857b8',
    '--mantine-color-gray-light-color': '#374151',
    '--mantine-color-error': '#b42318',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
  },
  dark: {
    '--mantine-color-dimmed': '#adb5bd',
    '--mantine-color-placeholder': '#a3a6ab',
    '--mantine-color-anchor': '#5eead4',
    '--mantine-color-error': '#ff8f87',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
  },
});
