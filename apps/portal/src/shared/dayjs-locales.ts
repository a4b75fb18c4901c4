import dayjs from 'dayjs';
import localizedFormat from 'dayjs/plugin/localizedFormat.js';
import 'dayjs/locale/de.js';
import 'dayjs/locale/en-gb.js';

// Date pickers use dayjs.
// Month names and date formats are registered here.
dayjs.extend(localizedFormat);
