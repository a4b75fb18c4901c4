import dayjs from 'dayjs';
import localizedFormat from 'dayjs/plugin/localizedFormat.js';
import 'dayjs/locale/de.js';
import 'dayjs/locale/en-gb.js';

// Date pickers write by this library: names of months and the order of a date are registered here.
dayjs.extend(localizedFormat);
