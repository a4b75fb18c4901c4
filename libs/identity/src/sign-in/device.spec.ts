import { deviceOf } from './device.js';

const MOZILLA = 'Mozilla/5.0';

describe('the device of a session', () => {
  it.each([
    [`${MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36`, 'Chrome', 'Windows'],
    [
      `${MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0`,
      'Edge',
      'Windows',
    ],
    [
      `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15`,
      'Safari',
      'macOS',
    ],
    [
      `${MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/139.0 Safari/604.1`,
      'Chrome',
      'iPhone',
    ],
    [`${MOZILLA} (Linux; Android 15) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36`, 'Chrome', 'Android'],
    [`${MOZILLA} (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0`, 'Firefox', 'Linux'],
    ['curl/8.9.1', 'curl', null],
    ['', null, null],
  ])('is read from the User-Agent %s', (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system });
  });
});
