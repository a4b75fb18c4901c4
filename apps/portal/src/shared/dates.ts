import '@mantine/dates/styles.layer.css';
import './dayjs-locales';

/**
 * Days, and pickers of days and hours, which write as their reader does and look as they should: taken from here, never from the library
 * itself.
 */
export { DatePickerInput, DateTimePicker, Month, TimeInput } from '@mantine/dates';
