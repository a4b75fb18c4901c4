import './picker-words';

/** Pickers of days and hours, which write as their reader does: taken from here, never from the library itself. */
export { DatePickerInput, DateTimePicker, TimeInput } from '@mantine/dates';
