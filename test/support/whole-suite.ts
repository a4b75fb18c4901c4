/** Whether all tests run, as at night: `THROUGHLINE_TEST_ALL=1`. For specs of libs, which read no environment. */
export const IS_WHOLE_SUITE = process.env['THROUGHLINE_TEST_ALL'] === '1';
