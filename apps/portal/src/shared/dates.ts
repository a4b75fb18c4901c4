import '@mantine/dates/styles.layer.css';
import './dayjs-locales';

/**
 * Date and time inputs with locales and styles.
 * Import them from here, not from the library.
 */
export { DatePickerInput, DateTimePicker, Month, TimeInput } from '@mantine/dates';
